import type {Groups} from './groups.ts'

/** The hosts of a group and of all groups below it, in the order of the inventory. */
export function hostsOf(group: string, found: Groups): readonly string[] {
  const below = descendants(group, found)
  const named = new Set([...below].flatMap(name => [...(found.groups.get(name)?.hosts ?? [])]))
  return [...found.hosts.keys()].filter(host => named.has(host))
}

/** The groups that a host is in, directly or through groups below them. */
export function groupsOf(host: string, found: Groups): readonly string[] {
  return [...found.groups.keys()].filter(group => hostsOf(group, found).includes(host))
}

/** How far each group is from `all`, by the longest way. */
export function depths(found: Groups): ReadonlyMap<string, number> {
  const depth = new Map<string, number>()
  const walk = (name: string, level: number) => {
    if ((depth.get(name) ?? -1) >= level) return
    depth.set(name, level)
    for (const child of found.groups.get(name)?.children ?? []) walk(child, level + 1)
  }
  walk('all', 0)
  return depth
}

/** The groups that form a circle, or undefined when there is none. */
export function circle(found: Groups): readonly string[] | undefined {
  for (const name of found.groups.keys()) {
    const path = wayTo(name, name, found, new Set())
    if (path) return [name, ...path]
  }
  return undefined
}

function wayTo(target: string, from: string, found: Groups, seen: Set<string>): readonly string[] | undefined {
  for (const child of found.groups.get(from)?.children ?? []) {
    if (child === target) return [child]
    if (seen.has(child)) continue
    seen.add(child)
    const rest = wayTo(target, child, found, seen)
    if (rest) return [child, ...rest]
  }
  return undefined
}

function descendants(group: string, found: Groups, seen = new Set<string>()): ReadonlySet<string> {
  seen.add(group)
  for (const child of found.groups.get(group)?.children ?? []) if (!seen.has(child)) descendants(child, found, seen)
  return seen
}
