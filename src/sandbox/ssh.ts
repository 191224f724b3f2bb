import {spawn} from 'node:child_process'
import {mkdir, rename, writeFile} from 'node:fs/promises'
import {dirname} from 'node:path'
import {hostKeys} from './host-disk.ts'
import type {HostRecord} from './host-record.ts'
import {run, succeeds} from './local-command.ts'
import {keyFile, knownHostsFile} from './places.ts'

/** The user that people and playbooks log in as; it may do everything with sudo. */
export const loginUser = 'deploy'

/** The ssh command that logs in to a host, with its key checked, without questions. */
export function sshCommand(host: {readonly address: string}): string[] {
  const options = ['BatchMode=yes', 'ConnectTimeout=5', 'StrictHostKeyChecking=yes', 'IdentitiesOnly=yes']
  const files = [`UserKnownHostsFile=${knownHostsFile}`, 'GlobalKnownHostsFile=/dev/null', 'LogLevel=ERROR']
  const words = [...options, ...files].flatMap(option => ['-o', option])
  return ['ssh', '-F', 'none', '-i', keyFile, ...words, `${loginUser}@${host.address}`]
}

/** Opens a shell on a host in this terminal; gives the exit code of ssh. */
export async function openShell(host: {readonly address: string}): Promise<number> {
  const [program = 'ssh', ...words] = sshCommand(host)
  const child = spawn(program, words, {stdio: 'inherit'})
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', code => resolve(code ?? 255))
  })
}

/** Makes the key pair of the sandbox if there is none. */
export async function makeKeyPair(): Promise<void> {
  await mkdir(dirname(keyFile), {recursive: true, mode: 0o700})
  if (await succeeds`test -s ${keyFile} -a -s ${`${keyFile}.pub`}`) return
  await run`rm -f ${keyFile} ${`${keyFile}.pub`}`
  await run`ssh-keygen -q -t ed25519 -N '' -C provision-sandbox -f ${keyFile}`
}

/** Writes the known_hosts file anew, with the keys on the disks of these hosts. */
export async function writeKnownHosts(hosts: readonly HostRecord[]): Promise<void> {
  const lines = await Promise.all(hosts.map(knownHostLines))
  await writeFile(
    `${knownHostsFile}.new`,
    lines
      .flat()
      .map(line => `${line}\n`)
      .join(''),
  )
  await rename(`${knownHostsFile}.new`, knownHostsFile)
}

async function knownHostLines(host: HostRecord): Promise<string[]> {
  return (await hostKeys(host.name)).map(key => `${host.name},${host.address} ${key}`)
}
