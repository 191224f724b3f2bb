import type {Values} from '../module.ts'

/** A group as an inventory says it: its own variables, the groups below it and the hosts that it names. */
export type Group = {vars: Values; readonly children: Set<string>; readonly hosts: Set<string>}

/** All groups and the variables of all hosts of an inventory, whatever its format. */
export type Groups = {readonly groups: Map<string, Group>; readonly hosts: Map<string, Values>}

/** Groups with nothing but `all` and `ungrouped`. */
export function noGroups(): Groups {
  const found: Groups = {groups: new Map(), hosts: new Map()}
  addGroup(found, 'all').children.add('ungrouped')
  addGroup(found, 'ungrouped')
  return found
}

/** Finds a group or makes it. */
export function addGroup(found: Groups, name: string): Group {
  const group = found.groups.get(name) ?? {vars: {}, children: new Set(), hosts: new Set()}
  found.groups.set(name, group)
  return group
}

/** Adds variables to a host, which is made if it is new. */
export function addHost(found: Groups, name: string, vars: Values): void {
  found.hosts.set(name, {...found.hosts.get(name), ...vars})
}

/** Puts groups without parents below `all`, and hosts that only `all` names into `ungrouped`. */
export function adoptOrphans(found: Groups): void {
  const children = new Set([...found.groups.values()].flatMap(group => [...group.children]))
  for (const name of found.groups.keys())
    if (name !== 'all' && !children.has(name)) addGroup(found, 'all').children.add(name)
  const named = new Set([...found.groups].flatMap(([name, group]) => (name === 'all' ? [] : [...group.hosts])))
  for (const host of found.hosts.keys()) if (!named.has(host)) addGroup(found, 'ungrouped').hosts.add(host)
}
