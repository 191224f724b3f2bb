import {dirname, resolve} from 'node:path'
import type {Values} from '../module.ts'
import type {Host, Inventory} from '../play.ts'
import {membersOf} from './family.ts'
import {gather} from './gather.ts'
import type {Groups} from './groups.ts'
import {isHostList} from './host-list.ts'
import {type NamedVars, readDefaults, readNamedVars} from './named-vars.ts'
import {groupsInOrder, type VariableOrigins, variablesOf} from './precedence.ts'
import {isFolder, readInventory} from './read-inventory.ts'
import {type Variable, valuesOf} from './variable.ts'

/** An inventory with all that is said of each host, weakest first: what a value wins over, and where it comes from. */
export type LoadedInventory = Required<Inventory> & {readonly said: ReadonlyMap<string, readonly Variable[]>}

/**
 * Reads one or several inventories with the group_vars and host_vars beside them and beside the playbooks, whose defaults/main.yml
 * is weakest of all, as in a role; a little stronger is what was found in sealed files beside the inventories. Later inventories win, and a playbook's folder wins over the inventories'. Throws ConfigError.
 */
export async function loadInventory(
  given: string | readonly string[],
  playbookFolders: readonly string[] = [],
  sealed: readonly NamedVars[] = [],
): Promise<LoadedInventory> {
  return inventoryOf(await readOrigins(given, playbookFolders, sealed))
}

/** Reads all that gives hosts variables, and in which folders more may be found. Throws ConfigError. */
export async function readOrigins(
  given: string | readonly string[],
  playbookFolders: readonly string[],
  sealed: readonly NamedVars[],
): Promise<VariableOrigins & {readonly folders: readonly string[]}> {
  const sources = [given].flat().map(source => (isHostList(source) ? source : resolve(source)))
  const found = await readInventory(sources)
  const playbooks = playbookFolders.map(folder => resolve(folder))
  const folders = [...new Set([...(await foldersOf(sources)), ...playbooks])]
  const defaults = (await Promise.all(playbooks.map(readDefaults))).flat()
  const beside = await gather(folders.map(folder => readNamedVars(folder, found)))
  return {found, defaults, sealed, beside, folders}
}

/** Where group_vars and host_vars of inventories are; a list of hosts has none. */
async function foldersOf(sources: readonly string[]): Promise<readonly string[]> {
  const files = sources.filter(source => !isHostList(source))
  return Promise.all(files.map(async file => ((await isFolder(file)) ? file : dirname(file))))
}

/** Makes hosts and groups of what gives them variables. */
export function inventoryOf(origins: VariableOrigins): LoadedInventory {
  const {found} = origins
  const groups = membersOf(found)
  const said = new Map<string, readonly Variable[]>()
  const groupsOf = groupsByHost(groups, found)
  const hosts = (groups.all ?? []).map(name => {
    const own = groupsOf.get(name) ?? []
    const variables = variablesOf(name, own, origins)
    said.set(name, variables)
    return hostOf(name, own, {vars: valuesOf(variables), found, groups})
  })
  return {groups, hosts, said, outsider: name => outsider(name, origins, groups)}
}

const here = ['localhost', '127.0.0.1', '::1']

/** A host that is in no group has the variables of all, as in Ansible; `localhost` is this machine. */
function outsider(name: string, origins: VariableOrigins, groups: Members): Host {
  const vars = valuesOf(variablesOf(name, ['all'], origins))
  const local = here.includes(name) ? {ansible_connection: 'local'} : {}
  return hostOf(name, [], {vars: {...vars, ...local}, found: origins.found, groups})
}

/** The groups of each host, weakest first. */
function groupsByHost(members: Members, found: Groups): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>()
  for (const group of groupsInOrder(found))
    for (const host of members[group] ?? []) groups.set(host, [...(groups.get(host) ?? []), group])
  return groups
}

type Members = {readonly [group: string]: readonly string[]}

type Known = {
  readonly vars: Values
  readonly found: Groups
  readonly groups: Members
}

function hostOf(name: string, ofHost: readonly string[], {vars, found, groups}: Known): Host {
  const own = ofHost.filter(group => group !== 'all').toSorted()
  const source = found.hosts.get(name)?.source
  const place = source ? {inventory_file: source.file, inventory_dir: folderOf(source.file)} : {}
  const magic = {inventory_hostname: name, inventory_hostname_short: short(name), group_names: own, groups, ...place}
  return {name, groups: own, vars: {...vars, ...magic}, ...(source && {source})}
}

function folderOf(file: string): string {
  return isHostList(file) ? process.cwd() : dirname(file)
}

function short(name: string): string {
  return /^[\d.]+$|:/.test(name) ? name : (name.split('.')[0] ?? name)
}
