import {ConfigError, UsageError} from '../../errors.ts'
import type {Values} from '../../module.ts'
import type {Host, Play} from '../../play.ts'
import type {Mask} from '../../secrets/mask.ts'
import type {Variables} from '../../template/variables.ts'
import {SshConfig} from '../../transport/ssh-config.ts'
import type {Target} from '../../transport/transport.ts'
import {each} from './all-problems.ts'
import type {RunFlags} from './flags.ts'
import {askPassphrases} from './passphrases.ts'
import {askPasswords} from './passwords.ts'
import type {PreparedRun} from './prepared-run.ts'
import {startSandbox} from './sandbox-hosts.ts'
import {sshWords} from './ssh-words.ts'
import {targetOf} from './targets.ts'
import {makeVariables} from './variables.ts'

/** How a run finds its hosts, and what they know of themselves. */
export type Reachable = {
  readonly targetOf: (host: Host) => Target
  readonly variablesOf: (host: Host, play?: Play, learned?: Values) => Variables
}

/** Starts sandbox hosts, asks for passwords and passphrases, reads OpenSSH's configuration, and says how each host is reached. Passwords are hidden by `mask` from then on. */
export async function reach(run: PreparedRun, flags: RunFlags, mask: Mask): Promise<Reachable> {
  const hosts = hostsOf(run, flags)
  const passwords = await askPasswords(flags)
  const passphrases = new Map<string, string>()
  const ssh = new SshConfig()
  const access = {flags, ...passwords, passphrases, ssh, sandbox: await startSandbox(hosts, flags.images)}
  const variablesOf = makeVariables({...run, access, check: flags.check ?? false, secret: value => mask.add(value)})
  await ssh.load(hosts.flatMap(host => calls(() => sshWords(host, variablesOf(host), access))))
  const targets = new Map(each(hosts, host => [host, targetOf(host, variablesOf(host), access)]))
  await askPassphrases([...targets.values()], passphrases)
  for (const secret of passphrases.values()) mask.add(secret)
  for (const target of targets.values()) hide(target, mask)
  return {variablesOf, targetOf: host => targets.get(host) ?? targetOf(host, variablesOf(host), access)}
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
