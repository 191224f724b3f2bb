import {dirname} from 'node:path'
import {ConfigError} from '../../errors.ts'
import {LiveInventory} from '../../inventory/live-inventory.ts'
import {selectHosts} from '../../inventory/select-hosts.ts'
import type {Values} from '../../module.ts'
import {moduleMap} from '../../modules/index.ts'
import type {Host, Inventory, Play} from '../../play.ts'
import {laterPlays} from '../../playbook/growth.ts'
import {loadPlaybook} from '../../playbook/playbook.ts'
import type {Contents, Rotating} from '../../secrets/contents.ts'
import type {Keyring} from '../../secrets/keyring.ts'
import {both, each} from './all-problems.ts'
import {checkFiles, checkVariables} from './check-variables.ts'
import {findInventory} from './find-files.ts'
import {inputProblems, promisedInputs} from './input-problems.ts'
import {openSealedFiles, sealedVariables} from './sealed-files.ts'

/** What a playbook is checked with: the inventories and variables that the command line names. */
export type CheckedWith = {
  readonly inventories: readonly string[]
  readonly extra: Values
  /** The names of the hosts that `--limit` leaves; all without it. */
  readonly limit: (inventory: Inventory) => ReadonlySet<string> | undefined
  /** What opens the secrets that are sealed beside the inventories. */
  readonly keyring: Keyring
  /** A secret whose new value is taken. */
  readonly rotating?: Rotating | undefined
}

/** A playbook and its inventory, read and checked. */
export type CheckedPlaybook = {
  readonly plays: readonly Play[]
  readonly inventory: LiveInventory
  /** The paths of the inventories. */
  readonly inventories: readonly string[]
  /** What is sealed beside them, by file. */
  readonly sealed: ReadonlyMap<string, Contents>
  readonly hostsOf: (play: Play) => readonly Host[]
}

/** Reads a playbook and an inventory and checks the one against the other. Throws UsageError and ConfigError. */
export async function checkedPlaybook(playbook: string, checkedWith: CheckedWith): Promise<CheckedPlaybook> {
  const {extra, keyring, rotating} = checkedWith
  const inventories = checkedWith.inventories.map(findInventory)
  const sealed = await openSealedFiles(inventories, keyring, rotating)
  const reading = LiveInventory.load(inventories, [dirname(playbook)], sealedVariables(sealed))
  const [plays, inventory] = await both(loadPlaybook(playbook, moduleMap), reading)
  const later = await laterPlays(plays)
  const hostsOf = ({hosts, hostsSource}: Play) => {
    const left = checkedWith.limit(inventory.now)
    const found = selectHosts(inventory.now, hosts, hostsSource, {lenient: later.has(hostsSource)})
    return found.filter(host => left?.has(host.name) ?? true)
  }
  checkedWith.limit(inventory.now)
  each(plays, hostsOf)
  const hosts = [...new Set(plays.flatMap(hostsOf))]
  const promised = await promisedInputs(playbook)
  refuse([
    ...(await inputProblems({playbook, plays, hosts, inventory: inventory.now, extra})),
    ...(await checkVariables({playbook, plays, inventory: inventory.now, hostsOf, extra, promised})),
  ])
  return {plays, inventory, inventories, sealed, hostsOf}
}

/** Checks a playbook of which nobody knows the hosts: any variable may be defined, so that none is called undefined. Throws ConfigError. */
export async function checkWithoutHosts(playbook: string, extra: Values): Promise<void> {
  const plays = await loadPlaybook(playbook, moduleMap)
  refuse(await checkFiles({playbook, plays, extra}))
}

function refuse(problems: ConfigError['problems']): void {
  if (problems.length > 0) throw new ConfigError(problems)
}
