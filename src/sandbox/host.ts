import {readFile, rmdir} from 'node:fs/promises'
import {connect} from 'node:net'
import {join} from 'node:path'
import {gateway, plainNameService} from './addresses.ts'
import {endControlGroups} from './control-groups.ts'
import {daemonProcess, startDaemon, stopDaemon} from './daemon.ts'
import {mountDisk, removeDisk, unmountDisk} from './host-disk.ts'
import type {HostRecord} from './host-record.ts'
import {run, succeeds} from './local-command.ts'
import {forgetName, publishName} from './name-service.ts'
import {connectHost, disconnectHost} from './network.ts'
import {nspawnCommand, nspawnEnvironment} from './nspawn.ts'
import {hostFolder, recipeFolder} from './places.ts'
import {sshCommand} from './ssh.ts'
import {until} from './until.ts'

/** Whether a host is switched on: whoever watches it runs. */
export async function isRunning(name: string): Promise<boolean> {
  return (await daemonProcess(hostFolder(name), 'host')) !== undefined
}

/** Switches a host on, after clearing what a crash left of it; its disk is kept. */
export async function startHost(host: HostRecord): Promise<void> {
  const folder = hostFolder(host.name)
  await clearRemains(host.name, host.address)
  await mountDisk(host, host.images === 'hub' ? plainNameService : gateway)
  await connectHost(host)
  await publishName(host.name, host.address)
  const command = ['sh', join(recipeFolder, 'run.sh'), folder, ...nspawnCommand(host, folder)] as const
  await startDaemon({name: 'host', folder, command, environment: nspawnEnvironment})
}

/** Switches a host off at once, as pulling its plug would, and removes its disk: nothing of it is wanted any more. */
export async function removeHost(name: string, address: string | undefined): Promise<void> {
  await clearRemains(name, address)
  await forgetName(name)
  await removeDisk(name)
}

/** Waits until a login by SSH works and the boot has ended, a minute at most each; gives systemd's word for the state; throws an Error with the end of the host's console. */
export async function waitForLogin(host: HostRecord): Promise<string> {
  const answers = () => accepts(host.address, 22)
  const login = () => succeeds`${sshCommand(host)} true`
  const up = (await until(answers, 60)) && (await until(login, 60))
  if (!up) throw new Error(`${host.name} does not accept SSH. Its console says:\n${await consoleEnd(host.name)}`)
  return run`${sshCommand(host)} 'timeout 60 systemctl is-system-running --wait || true'`
}

async function clearRemains(name: string, address: string | undefined): Promise<void> {
  const folder = hostFolder(name)
  const groups = await readFile(join(folder, 'cgroups'), 'utf8').catch(() => '')
  await endControlGroups(groups.split('\n').filter(line => line !== ''))
  await stopDaemon(folder, 'host')
  await unmountDisk(name)
  await disconnectHost(name, address)
  // systemd-nspawn leaves this folder when it ends by force.
  await rmdir(`/run/systemd/nspawn/propagate/${name}`).catch(() => undefined)
}

async function consoleEnd(name: string): Promise<string> {
  const text = await readFile(join(hostFolder(name), 'host.log'), 'utf8').catch(() => '')
  return text.split('\n').slice(-20).join('\n')
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({host, port, timeout: 1000})
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
    socket.once('timeout', () => end(false))
  })
}
