import {UsageError} from '../../errors.ts'
import type {Values} from '../../module.ts'
import type {Host, Play} from '../../play.ts'
import type {Mask} from '../../secrets/mask.ts'
import type {Variables} from '../../template/variables.ts'
import type {Target} from '../../transport/transport.ts'
import {each} from './all-problems.ts'
import type {RunFlags} from './flags.ts'
import {askBecomePassword} from './passwords.ts'
import type {PreparedRun} from './prepared-run.ts'
import {startSandbox} from './sandbox-hosts.ts'
import {targetOf} from './targets.ts'
import {makeVariables} from './variables.ts'

/** How a run finds its hosts, and what they know of themselves. */
export type Reachable = {
  readonly targetOf: (host: Host) => Target
  readonly variablesOf: (host: Host, play?: Play, learned?: Values) => Variables
}

/** Starts sandbox hosts, asks for the password, and says how each host is reached. Passwords are hidden by `mask` from then on. */
export async function reach(run: PreparedRun, flags: RunFlags, mask: Mask): Promise<Reachable> {
  const hosts = hostsOf(run, flags)
  const becomePassword = flags.askBecomePass ? await askBecomePassword() : undefined
  const access = {flags, becomePassword, sandbox: await startSandbox(hosts, flags.images)}
  const variablesOf = makeVariables({...run, access, check: flags.check ?? false, secret: value => mask.add(value)})
  const targets = new Map(each(hosts, host => [host, targetOf(host, variablesOf(host), access)]))
  for (const target of targets.values()) hide(target, mask)
  return {variablesOf, targetOf: host => targets.get(host) ?? targetOf(host, variablesOf(host), access)}
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
