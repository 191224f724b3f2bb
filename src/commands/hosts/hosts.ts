import {UsageError} from '../../errors.ts'
import {type LoadedInventory, loadInventory} from '../../inventory/inventory.ts'
import {selectHosts} from '../../inventory/select-hosts.ts'
import {findInventory} from '../run/find-files.ts'
import {toldVariables, variablesAsLines} from './host-variables.ts'

/** The command line of `hosts`, as commander reads it. */
export type HostsFlags = {
  readonly inventory?: readonly string[]
  readonly vars?: string
  readonly playbookDir?: string
  readonly showSecrets?: boolean
  readonly verbose?: boolean
  readonly output: 'plain' | 'json'
}

/** What `provision hosts` prints: hosts by group, or with --vars the variables of a host. Throws UsageError and ConfigError. */
export async function hosts(
  pattern: string,
  flags: HostsFlags & Required<Pick<HostsFlags, 'inventory'>>,
): Promise<string> {
  const folders = flags.playbookDir === undefined ? [] : [flags.playbookDir]
  const inventory = await loadInventory(flags.inventory.map(findInventory), folders)
  const chosen = namesOf(inventory, flags.vars ?? pattern)
  if (flags.vars === undefined) return byGroup(inventory, chosen, flags.output)
  const told = chosen.map(host => [host, toldVariables(inventory.said.get(host) ?? [], flags)] as const)
  if (flags.output === 'json') return JSON.stringify(Object.fromEntries(told), undefined, 2)
  return told.map(([host, variables]) => [host, ...variablesAsLines(variables)].join('\n')).join('\n\n')
}

function namesOf(inventory: LoadedInventory, pattern: string): readonly string[] {
  const names = selectHosts(inventory, pattern).map(host => host.name)
  if (names.length === 0) throw new UsageError(`no host of the inventory is in ${pattern}`)
  return names
}

/** A host that is in several groups is shown in each; `all` would only say everything again. */
function byGroup(inventory: LoadedInventory, chosen: readonly string[], output: HostsFlags['output']): string {
  const groups = Object.entries(inventory.groups)
    .map(([group, members]) => [group, members.filter(host => chosen.includes(host))] as const)
    .filter(([, members]) => members.length > 0)
  if (output === 'json') return JSON.stringify({groups: Object.fromEntries(groups)}, undefined, 2)
  const shown = groups.filter(([group]) => group !== 'all')
  return shown.flatMap(([group, members]) => [group, ...members.map(host => `  ${host}`)]).join('\n')
}
