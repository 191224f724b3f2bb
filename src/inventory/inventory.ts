import {dirname, resolve} from 'node:path'
import type {Value, Values} from '../module.ts'
import type {Host, Inventory} from '../play.ts'
import {depths, groupsOf, hostsOf} from './family.ts'
import {gather} from './gather.ts'
import type {Groups} from './groups.ts'
import {type NamedVars, readDefaults, readNamedVars} from './named-vars.ts'
import {readInventory} from './read-inventory.ts'

/**
 * Reads an inventory with the group_vars and host_vars beside it and beside the playbooks. Later wins: defaults/main.yml beside the
 * playbooks (as in a role, so that every inventory wins over a playbook's own defaults); groups of the file
 * (parents before children, by name on a level), group_vars/all, other group_vars, hosts of the file, host_vars; on each step
 * a playbook's folder wins over the inventory's. Throws ConfigError.
 */
export async function loadInventory(file: string, playbookFolders: readonly string[] = []): Promise<Inventory> {
  const path = resolve(file)
  const found = await readInventory(path)
  const folders = [...new Set([dirname(path), ...playbookFolders.map(folder => resolve(folder))])]
  const defaults = Object.assign(
    {},
    ...(await Promise.all(playbookFolders.map(folder => readDefaults(resolve(folder))))),
  )
  const beside = await gather(folders.map(folder => readNamedVars(folder, found)))
  const groups = membersOf(found)
  const magic = {groups, inventory_dir: dirname(path), inventory_file: path}
  return {groups, hosts: [...found.hosts.keys()].map(name => hostOf(name, found, beside, {defaults, magic}))}
}

function membersOf(found: Groups): {readonly [group: string]: readonly string[]} {
  return Object.fromEntries([...found.groups.keys()].map(group => [group, hostsOf(group, found)]))
}

type Outermost = {readonly defaults: Values; readonly magic: Values}

function hostOf(name: string, found: Groups, beside: readonly NamedVars[], {defaults, magic}: Outermost): Host {
  const groups = ordered(groupsOf(name, found), found)
  const own = groups.filter(group => group !== 'all').toSorted()
  const vars = Object.assign({}, defaults, ...layers(name, groups, found, beside), magic, magicOf(name, own))
  return {name, groups: own, vars}
}

function layers(
  name: string,
  groups: readonly string[],
  found: Groups,
  beside: readonly NamedVars[],
): readonly Values[] {
  const others = groups.filter(group => group !== 'all')
  return [
    ...groups.map(group => found.groups.get(group)?.vars ?? {}),
    ...beside.map(vars => vars.groups.get('all') ?? {}),
    ...beside.flatMap(vars => others.map(group => vars.groups.get(group) ?? {})),
    found.hosts.get(name) ?? {},
    ...beside.map(vars => vars.hosts.get(name) ?? {}),
  ]
}

/** Parents before children, by name on a level. */
function ordered(groups: readonly string[], found: Groups): readonly string[] {
  const depth = depths(found)
  const level = (group: string) => depth.get(group) ?? 0
  return groups.toSorted((left, right) => level(left) - level(right) || (left < right ? -1 : 1))
}

function magicOf(name: string, groups: readonly string[]): {readonly [variable: string]: Value} {
  const short = /^[\d.]+$|:/.test(name) ? name : (name.split('.')[0] ?? name)
  return {inventory_hostname: name, inventory_hostname_short: short, group_names: groups}
}
