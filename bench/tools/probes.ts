import {join} from 'node:path'
import {prepareRun} from '../../src/commands/run/prepared-run.ts'
import {reach} from '../../src/commands/run/reach.ts'
import {runPlays} from '../../src/engine/run.ts'
import {Mask} from '../../src/secrets/mask.ts'
import {sshTransport} from '../../src/transport/ssh.ts'
import type {Connection, Transport} from '../../src/transport/transport.ts'
import type {Scene} from '../scene.ts'

/** The very script with which a host in order is asked: what went to the first of the scene's hosts in a run of the playbook, its scripts one after another. */
export async function recordProbes(playbook: string, {folder, places}: Scene): Promise<string> {
  const flags = {
    inventory: [join(folder, 'hosts.yml')],
    limit: places[0]?.name ?? '',
    check: true,
    hostKeys: 'off',
    forks: 1,
    verbose: 0,
  } as const
  const prepared = await prepareRun(join(folder, playbook), flags)
  const reachable = await reach(prepared, flags, new Mask())
  const scripts: string[] = []
  await runPlays({
    ...prepared,
    ...reachable,
    transportOf: () => recording(scripts),
    check: true,
    forks: 1,
    emit: () => {},
    signal: new AbortController().signal,
  })
  return scripts.map(script => `${script}\n`).join('')
}

function recording(scripts: string[]): Transport {
  return {
    async connect(target) {
      const connection = await sshTransport.connect(target)
      return {
        shell: privilege => recordingShell(connection, privilege, scripts),
        send: (...words) => connection.send(...words),
        close: () => connection.close(),
      }
    },
  }
}

async function recordingShell(connection: Connection, privilege: 'login' | 'root', scripts: string[]) {
  const shell = await connection.shell(privilege)
  return {
    get stderr() {
      return shell.stderr
    },
    run: (...[script, onLine]: Parameters<typeof shell.run>) => {
      scripts.push(script)
      return shell.run(script, onLine)
    },
  }
}
