import {ConfigError, UsageError} from '../../errors.ts'
import type {Values} from '../../module.ts'
import type {Host, Play} from '../../play.ts'
import type {SandboxHost} from '../../sandbox/sandbox.ts'
import type {Mask} from '../../secrets/mask.ts'
import {SshConfig} from '../../transport/ssh-config.ts'
import type {Target} from '../../transport/transport.ts'
import {each} from './all-problems.ts'
import type {RunFlags} from './flags.ts'
import {askPassphrases} from './passphrases.ts'
import {askPasswords} from './passwords.ts'
import type {PreparedRun} from './prepared-run.ts'
import {startSandbox} from './sandbox-hosts.ts'
import {secretVariables} from './secret-variables.ts'
import {sshWords} from './ssh-words.ts'
import {type Access, targetOf} from './targets.ts'
import {type MakeVariables, makeVariables} from './variables.ts'

/** How a run finds its hosts, and what they know of themselves. */
export type Reachable = {
  readonly targetOf: (host: Host, play?: Play) => Promise<Target>
  readonly variablesOf: MakeVariables
  readonly hostNamed: (name: string) => Host
  /** What a host's sealed secrets are, with those that were made just now. */
  readonly secretsOf: (host: string) => Values
}

/** Starts sandbox hosts, asks for passwords and passphrases, reads OpenSSH's configuration, and says how each host is reached. Passwords are hidden by `mask` from then on. */
export async function reach(run: PreparedRun, flags: RunFlags, mask: Mask): Promise<Reachable> {
  const sandbox = new Map<string, SandboxHost>()
  const access = {flags, ...(await askPasswords(flags)), passphrases: new Map(), ssh: new SshConfig(), sandbox}
  const inventory = () => run.inventory.now
  const hosts = hostsOf(run, flags)
  const secrets = await secretVariables(run, hosts, flags, mask)
  const variablesOf = makeVariables({...run, ...secrets, inventory, access, check: flags.check ?? false})
  const way: Way = {flags, mask, access, variablesOf}
  const targets = new Map<string, Promise<Target>>()
  for (const play of [undefined, ...run.plays.filter(saysWay)]) {
    const own = play ? run.hostsOf(play) : hosts.filter(host => !alwaysSaid(run, host))
    for (const [name, target] of await waysTo({...way, play}, own)) targets.set(keyOf(name, play), target)
  }
  return {
    variablesOf,
    secretsOf: secrets.secretsOf,
    targetOf: (host, play) => {
      const key = keyOf(host.name, play)
      const target = targets.get(key) ?? laterTarget({...way, play}, host)
      targets.set(key, target)
      return target
    },
    hostNamed: name => inventory().hosts.find(host => host.name === name) ?? inventory().outsider(name),
  }
}

/** What finding the ways to hosts needs. */
type Way = {
  readonly flags: RunFlags
  readonly mask: Mask
  readonly access: Access & {readonly passphrases: Map<string, string>; readonly sandbox: Map<string, SandboxHost>}
  readonly variablesOf: MakeVariables
  /** The play that says how its hosts are reached. */
  readonly play?: Play | undefined
}

/** The ways to hosts, by their names. */
async function waysTo({flags, mask, access, variablesOf, play}: Way, hosts: readonly Host[]) {
  for (const [name, box] of await startSandbox(
    hosts.filter(host => !access.sandbox.has(host.name)),
    flags.images,
  ))
    access.sandbox.set(name, box)
  await access.ssh.load(hosts.flatMap(host => calls(() => sshWords(host, variablesOf(host, play), access))))
  const targets = each(hosts, host => targetOf(host, variablesOf(host, play), access))
  await askPassphrases(targets, access.passphrases)
  for (const secret of access.passphrases.values()) mask.add(secret)
  for (const target of targets) hide(target, mask)
  return new Map(targets.map(target => [target.host, Promise.resolve(target)]))
}

/** The way to a host that no play named before the run began. Throws ConfigError. */
async function laterTarget(way: Way, host: Host): Promise<Target> {
  const targets = await waysTo(way, [host])
  return targets.get(host.name) ?? targetOf(host, way.variablesOf(host, way.play), way.access)
}

/** What is wrong with a host's variables is told with all else that is wrong. */
function calls(words: () => readonly string[] | undefined): readonly (readonly string[])[] {
  try {
    return [words() ?? []].filter(call => call.length > 0)
  } catch (error) {
    if (error instanceof ConfigError) return []
    throw error
  }
}

function hostsOf({plays, hostsOf}: PreparedRun, {limit}: RunFlags): readonly Host[] {
  const hosts = [...new Set(plays.flatMap(hostsOf))]
  if (hosts.length > 0) return hosts
  const wanted = `The plays want: ${plays.map(play => play.hosts).join(', ')}`
  if (limit === undefined) throw new UsageError('no host of the inventory is in the playbook', wanted)
  throw new UsageError(`--limit ${limit} leaves no host of the playbook`, wanted)
}

function hide({password, becomePassword}: Target, mask: Mask): void {
  for (const secret of [password, becomePassword]) if (secret) mask.add(secret)
}

const ofConnections = /^ansible_(connection|user|port|host|password|private_key_file|ssh_\w+|become\w*|timeout)$/

/** Whether a play says how its hosts are reached, by keywords or variables. */
function saysWay({way, vars}: Play): boolean {
  return way !== undefined || Object.keys(vars).some(name => ofConnections.test(name))
}

function alwaysSaid({plays, hostsOf}: PreparedRun, host: Host): boolean {
  return plays.filter(play => hostsOf(play).includes(host)).every(saysWay)
}

/** Plays that say the same are reached over the same link. */
function keyOf(host: string, play: Play | undefined): string {
  if (!play || !saysWay(play)) return host
  const vars = Object.entries(play.vars).filter(([name]) => ofConnections.test(name))
  return JSON.stringify([host, play.way, vars])
}
