import {Bug} from '../../errors.ts'
import type {Value, Values} from '../../module.ts'
import {askFacts, readFacts} from '../../modules/facts.ts'
import {listen_ports_facts} from '../../modules/listen_ports_facts.ts'
import type {Host} from '../../play.ts'
import {type Shell, sh} from '../../shell/shell.ts'
import {Variables} from '../../template/variables.ts'
import {UnknownHostKey} from '../../transport/host-key-check.ts'
import {sshTransport} from '../../transport/ssh.ts'
import {SshConfig} from '../../transport/ssh-config.ts'
import {SudoRefused} from '../../transport/sudo.ts'
import type {Connection, RemoteShell, Target} from '../../transport/transport.ts'
import {isList, isMap} from '../../value.ts'
import type {Found} from '../../wizard/suitable.ts'
import {askPassphrases} from '../run/passphrases.ts'
import {sshWords} from '../run/ssh-words.ts'
import {targetOf} from '../run/targets.ts'
import type {InitFlags} from './flags.ts'
import type {HostWay} from './host-questions.ts'

/** Who decides while a host is met for the first time. */
export type People = {
  /** Whether the key that the host shows is its own. */
  readonly isKeyRight: (key: UnknownHostKey) => Promise<boolean>
  /** sudo's password; undefined where nobody can be asked. */
  readonly becomePassword: (refused: SudoRefused) => Promise<string | undefined>
}

/** How often a password may be typed. */
const tries = 3

/** Logs in, becomes root and looks at a host; gives its way with what had to be asked for. Throws UnreachableError. */
export async function meetHost(
  {name, way}: HostWay,
  flags: InitFlags,
  people: People,
): Promise<{readonly found: Found; readonly way: Values}> {
  let now = way
  for (let left = tries; ; left--) {
    const target = await wayTo({name, vars: now, groups: []}, flags)
    const connection = await connected(target, people)
    try {
      return {found: await look(connection), way: now}
    } catch (error) {
      const password =
        error instanceof SudoRefused && error.wantsPassword && left > 1 && (await people.becomePassword(error))
      if (typeof password !== 'string') throw error
      now = {...way, ansible_become_password: password}
    } finally {
      await connection.close()
    }
  }
}

/** The way that a run will take, too. */
async function wayTo(host: Host, {hostKeys}: InitFlags): Promise<Target> {
  const flags = {inventory: [], forks: 1, verbose: 0, ...(hostKeys && {hostKeys})}
  const passphrases = new Map<string, string>()
  const ssh = new SshConfig()
  const access = {flags, password: undefined, becomePassword: undefined, passphrases, ssh, sandbox: new Map()}
  const variables = new Variables([{ansible_host: host.name}, host.vars])
  await ssh.load([sshWords(host, variables, access) ?? []])
  const target = targetOf(host, variables, access)
  await askPassphrases([target], passphrases)
  return target
}

async function connected(target: Target, {isKeyRight}: People): Promise<Connection> {
  try {
    return await sshTransport.connect(target)
  } catch (error) {
    if (!(error instanceof UnknownHostKey) || !(await isKeyRight(error))) throw error
    await error.trust()
    return sshTransport.connect(target)
  }
}

/** Megabytes that are free where a run looks, too: the facts know no file system that has no device. */
const askDisk = sh`df -Pk /var/lib | awk 'NR == 2 {print int($4 / 1024)}'`

async function look(connection: Connection): Promise<Found> {
  const shell = await connection.shell('root')
  const facts = readFacts(await answerOf(shell, askFacts))
  const {probe, look} = listen_ports_facts.bind({})
  const sent = Date.now()
  const answer = await answerOf(shell, probe)
  const {ansible_facts: listening} = look(answer, {sent, came: Date.now()}).result(undefined)
  return {facts, ports: portsOf(listening), freeDisk: Number(await answerOf(shell, askDisk))}
}

async function answerOf(shell: RemoteShell, script: Shell): Promise<string> {
  const lines: string[] = []
  await shell.run(script, line => void lines.push(Buffer.from(line, 'latin1').toString('utf8')))
  return lines.join('\n').trimEnd()
}

/** TCP ports that listen on more than the host itself, each once. */
function portsOf(listening: Value | undefined): Found['ports'] {
  if (!isMap(listening) || !isList(listening.tcp_listen)) throw new Bug('no list of ports')
  const open = listening.tcp_listen.filter(isMap).filter(({address}) => !/^(127\.|::1$)/.test(String(address)))
  const ports = new Map(open.map(({port, name}) => [Number(port), {port: Number(port), name: String(name)}]))
  return [...ports.values()].toSorted((left, right) => left.port - right.port)
}
