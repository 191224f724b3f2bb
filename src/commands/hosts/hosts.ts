import {join} from 'node:path'
import {readDeclared} from '../../argument-spec/read-declared.ts'
import {UsageError} from '../../errors.ts'
import {type LoadedInventory, loadInventory} from '../../inventory/inventory.ts'
import type {NamedVars} from '../../inventory/named-vars.ts'
import {selectHosts} from '../../inventory/select-hosts.ts'
import {packageRoot} from '../../package-root.ts'
import {findInventory} from '../run/find-files.ts'
import {keyringOf} from '../run/keyring-of.ts'
import {openSealedFiles, sealedVariables} from '../run/sealed-files.ts'
import {unlockVault, type VaultFlags} from '../run/vault-passwords.ts'
import {toldVariables, variablesAsLines} from './host-variables.ts'

/** The command line of `hosts`, as commander reads it. */
export type HostsFlags = VaultFlags & {
  readonly inventory?: readonly string[]
  readonly vars?: string
  readonly playbookDir?: string
  readonly showSecrets?: boolean
  readonly verbose?: boolean
  readonly identity?: string | undefined
  readonly output: 'plain' | 'json'
}

/** What `provision hosts` prints: hosts by group, or with --vars the variables of a host. Throws UsageError and ConfigError. */
export async function hosts(
  pattern: string,
  flags: HostsFlags & Required<Pick<HostsFlags, 'inventory'>>,
): Promise<string> {
  await unlockVault(flags)
  const folders = flags.playbookDir === undefined ? [] : [flags.playbookDir]
  const inventories = flags.inventory.map(findInventory)
  const sealed = flags.vars === undefined ? [] : await sealedBeside(inventories, flags)
  const inventory = await loadInventory(inventories, folders, sealed)
  const chosen = namesOf(inventory, flags.vars ?? pattern)
  if (flags.vars === undefined) return byGroup(inventory, chosen, flags.output)
  const declared = (await readDeclared(flags.playbookDir ?? join(packageRoot, 'playbooks')))?.options ?? {}
  const told = chosen.map(host => [host, toldVariables(inventory.said.get(host) ?? [], {...flags, declared})] as const)
  if (flags.output === 'json') return JSON.stringify(Object.fromEntries(told), undefined, 2)
  return told.map(([host, variables]) => [host, ...variablesAsLines(variables)].join('\n')).join('\n\n')
}

/** Who may not open what is sealed sees the rest, and is told so. */
async function sealedBeside(inventories: readonly string[], {identity}: HostsFlags): Promise<readonly NamedVars[]> {
  try {
    return sealedVariables(await openSealedFiles(inventories, keyringOf({identity})))
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    process.stderr.write(`note: ${error.message}; what it holds is not shown\n`)
    return []
  }
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
