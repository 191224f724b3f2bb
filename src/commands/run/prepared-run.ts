import {dirname} from 'node:path'
import {ConfigError, UsageError} from '../../errors.ts'
import {loadInventory} from '../../inventory/inventory.ts'
import {selectHosts} from '../../inventory/select-hosts.ts'
import type {Values} from '../../module.ts'
import {moduleMap} from '../../modules/index.ts'
import type {Host, Inventory, Play} from '../../play.ts'
import {loadPlaybook} from '../../playbook/playbook.ts'
import {selectTags} from '../../playbook/select-tags.ts'
import {both, each} from './all-problems.ts'
import {checkVariables} from './check-variables.ts'
import {extraVars} from './extra-vars.ts'
import {findInventory, findPlaybook} from './find-files.ts'
import type {RunFlags} from './flags.ts'
import {withBecome, withFacts} from './whole-plays.ts'

/** Everything that a run needs, read and checked before the first connection. */
export type PreparedRun = {
  readonly playbook: string
  readonly plays: readonly Play[]
  readonly inventory: Inventory
  readonly hostsOf: (play: Play) => readonly Host[]
  readonly extra: Values
}

/** Reads and checks playbook, inventory and flags. Throws UsageError and ConfigError. */
export async function prepareRun(name: string, flags: RunFlags): Promise<PreparedRun> {
  const file = findPlaybook(name)
  const extra = extraVars(flags.extraVars ?? [])
  const reading = loadInventory(flags.inventory.map(findInventory), [dirname(file)])
  const [loaded, inventory] = await both(loadPlaybook(file, moduleMap), reading)
  const limited = flags.limit === undefined ? undefined : new Set(limit(inventory, flags.limit))
  const hostsOf = (play: Play) =>
    selectHosts(inventory, play.hosts, play.hostsSource).filter(host => limited?.has(host.name) ?? true)
  each(loaded, hostsOf)
  const problems = await checkVariables({playbook: file, plays: loaded, inventory, hostsOf, extra})
  if (problems.length > 0) throw new ConfigError(problems)
  const selected = selectTags(loaded, {tags: flags.tags ?? [], skipTags: flags.skipTags ?? []})
  const plays = selected.map(play => withFacts(flags.become ? withBecome(play) : play))
  return {playbook: file, plays, inventory, hostsOf, extra}
}

function limit(inventory: Inventory, pattern: string): readonly string[] {
  const hosts = selectHosts(inventory, pattern)
  if (hosts.length === 0) throw new UsageError(`--limit ${pattern} leaves no host`)
  return hosts.map(host => host.name)
}
