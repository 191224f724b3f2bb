import {dirname} from 'node:path'
import {ConfigError} from '../../errors.ts'
import {LiveInventory} from '../../inventory/live-inventory.ts'
import {selectHosts} from '../../inventory/select-hosts.ts'
import type {Values} from '../../module.ts'
import {moduleMap} from '../../modules/index.ts'
import type {Host, Inventory, Play} from '../../play.ts'
import {loadPlaybook} from '../../playbook/playbook.ts'
import {both, each} from './all-problems.ts'
import {checkFiles, checkVariables} from './check-variables.ts'
import {findInventory} from './find-files.ts'

/** What a playbook is checked with: the inventories and variables that the command line names. */
export type CheckedWith = {
  readonly inventories: readonly string[]
  readonly extra: Values
  /** The names of the hosts that `--limit` leaves; all without it. */
  readonly limit: (inventory: Inventory) => ReadonlySet<string> | undefined
}

/** A playbook and its inventory, read and checked. */
export type CheckedPlaybook = {
  readonly plays: readonly Play[]
  readonly inventory: LiveInventory
  readonly hostsOf: (play: Play) => readonly Host[]
}

/** Reads a playbook and an inventory and checks the one against the other. Throws UsageError and ConfigError. */
export async function checkedPlaybook(playbook: string, checkedWith: CheckedWith): Promise<CheckedPlaybook> {
  const {inventories, extra} = checkedWith
  const reading = LiveInventory.load(inventories.map(findInventory), [dirname(playbook)])
  const [plays, inventory] = await both(loadPlaybook(playbook, moduleMap), reading)
  const hostsOf = (play: Play) => {
    const left = checkedWith.limit(inventory.now)
    return selectHosts(inventory.now, play.hosts, play.hostsSource).filter(host => left?.has(host.name) ?? true)
  }
  checkedWith.limit(inventory.now)
  each(plays, hostsOf)
  refuse(await checkVariables({playbook, plays, inventory: inventory.now, hostsOf, extra}))
  return {plays, inventory, hostsOf}
}

/** Checks a playbook of which nobody knows the hosts: any variable may be defined, so that none is called undefined. Throws ConfigError. */
export async function checkWithoutHosts(playbook: string, extra: Values): Promise<void> {
  const plays = await loadPlaybook(playbook, moduleMap)
  refuse(await checkFiles({playbook, plays, extra}))
}

function refuse(problems: ConfigError['problems']): void {
  if (problems.length > 0) throw new ConfigError(problems)
}
