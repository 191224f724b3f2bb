import {ConfigError, type Source} from '../errors.ts'
import type {Variable} from './variable.ts'

/** A group as inventories say it: its own variables (later wins), the groups below it and the hosts that it names. */
export type Group = {
  readonly vars: Variable[]
  /** Decides between groups on the same level: the higher one wins. */
  priority: number
  readonly children: Set<string>
  readonly hosts: Set<string>
  /** Where it is named first; `all` and `ungrouped` need no place. */
  readonly source?: Source
}

/** A host as inventories say it: its own variables (later wins), and where it is named first. */
type NamedHost = {readonly vars: Variable[]; readonly source: Source}

/** All groups and hosts of one or several inventories, whatever their format. */
export type Groups = {readonly groups: Map<string, Group>; readonly hosts: Map<string, NamedHost>}

/** Groups with nothing but `all` and `ungrouped`. */
export function noGroups(): Groups {
  const found: Groups = {groups: new Map(), hosts: new Map()}
  addGroup(found, 'all').children.add('ungrouped')
  addGroup(found, 'ungrouped')
  return found
}

/** Finds a group or makes it. */
export function addGroup(found: Groups, name: string, source?: Source): Group {
  const group = found.groups.get(name) ?? {
    vars: [],
    priority: 1,
    children: new Set(),
    hosts: new Set(),
    ...(source && {source}),
  }
  found.groups.set(name, group)
  return group
}

/** What an inventory says of a host in one place: a port only counts where the host is named first. */
export type HostSaid = {readonly source: Source; readonly vars: readonly Variable[]; readonly port?: number | undefined}

/** Puts a host, which is made if it is new, into a group, and adds variables to it. */
export function addHost(found: Groups, group: Group, name: string, {source, vars, port}: HostSaid): void {
  const host = found.hosts.get(name) ?? newHost(source, port)
  host.vars.push(...vars)
  found.hosts.set(name, host)
  group.hosts.add(name)
}

/** Adds a variable to a group; `ansible_group_priority` is no variable. Throws ConfigError when that is no number. */
export function addGroupVariable(group: Group, variable: Variable): void {
  if (variable.name === 'ansible_group_priority') group.priority = priorityOf(variable)
  else group.vars.push(variable)
}

/** Puts groups without parents below `all`, and keeps in `ungrouped` the hosts that no group has, and no other. */
export function adoptOrphans(found: Groups): void {
  const children = new Set([...found.groups.values()].flatMap(group => [...group.children]))
  for (const name of found.groups.keys())
    if (name !== 'all' && !children.has(name)) addGroup(found, 'all').children.add(name)
  const real = [...found.groups].filter(([name]) => name !== 'all' && name !== 'ungrouped')
  const named = new Set(real.flatMap(([, group]) => [...group.hosts]))
  const {hosts} = addGroup(found, 'ungrouped')
  for (const host of found.hosts.keys()) {
    if (named.has(host)) hosts.delete(host)
    else hosts.add(host)
  }
}

function newHost(source: Source, port: number | undefined): NamedHost {
  return {source, vars: port === undefined ? [] : [{name: 'ansible_port', value: port, source}]}
}

function priorityOf({value, source}: Variable): number {
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN
  if (Number.isInteger(number)) return number
  const message = `ansible_group_priority cannot be ${JSON.stringify(value)}`
  throw new ConfigError([{source, message, expected: 'a whole number; the higher one wins'}])
}
