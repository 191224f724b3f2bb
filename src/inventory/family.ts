import type {Groups} from './groups.ts'

/** The hosts of every group: level by level, each in the order of the inventory. */
export function membersOf(found: Groups): {readonly [group: string]: readonly string[]} {
  return Object.fromEntries([...found.groups.keys()].map(group => [group, hostsOf(group, found)]))
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

function hostsOf(group: string, found: Groups): readonly string[] {
  return [...new Set(family(group, found).flatMap(name => [...(found.groups.get(name)?.hosts ?? [])]))]
}

/** A group and all below it, level by level. */
function family(group: string, found: Groups): readonly string[] {
  const names = new Set([group])
  // A set hands out what is added while it is walked.
  for (const name of names) for (const child of found.groups.get(name)?.children ?? []) names.add(child)
  return [...names]
}
