import {depths} from './family.ts'
import type {Groups} from './groups.ts'
import type {NamedVars} from './named-vars.ts'
import type {Variable} from './variable.ts'

/** What gives hosts variables: the inventories, then the folders beside them and then those of playbooks; weakest first. */
export type VariableOrigins = {
  readonly found: Groups
  /** defaults/main.yml beside playbooks. */
  readonly defaults: readonly Variable[]
  /** What sealed files beside the inventories hold for groups and hosts. */
  readonly sealed: readonly NamedVars[]
  readonly beside: readonly NamedVars[]
}

/**
 * All variables that are said for a host, in the order of Ansible's precedence, so that later wins: defaults;
 * sealed files; groups of the
 * inventories; group_vars/all; other group_vars; the host in the inventories; host_vars. `groups` are the host's, in their order.
 */
export function variablesOf(host: string, groups: readonly string[], origins: VariableOrigins): readonly Variable[] {
  const {found, defaults, sealed, beside} = origins
  const others = groups.filter(group => group !== 'all')
  return [
    ...defaults,
    ...sealed.flatMap(vars => groups.flatMap(group => vars.groups.get(group) ?? [])),
    ...sealed.flatMap(vars => vars.hosts.get(host) ?? []),
    ...groups.flatMap(group => found.groups.get(group)?.vars ?? []),
    ...beside.flatMap(vars => vars.groups.get('all') ?? []),
    ...beside.flatMap(vars => others.flatMap(group => vars.groups.get(group) ?? [])),
    ...(found.hosts.get(host)?.vars ?? []),
    ...beside.flatMap(vars => vars.hosts.get(host) ?? []),
  ]
}

/** All groups, weakest first: parents before children; on a level by ansible_group_priority, then by name. */
export function groupsInOrder(found: Groups): readonly string[] {
  const depth = depths(found)
  const level = (group: string) => depth.get(group) ?? 0
  const priority = (group: string) => found.groups.get(group)?.priority ?? 1
  return [...found.groups.keys()].toSorted(
    (left, right) => level(left) - level(right) || priority(left) - priority(right) || (left < right ? -1 : 1),
  )
}
