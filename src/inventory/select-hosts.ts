import {ConfigError, type Source, UsageError} from '../errors.ts'
import {didYouMean} from '../nearest.ts'
import type {Host, Inventory} from '../play.ts'

/**
 * Finds the hosts that a pattern means: names, groups, globs, `~regex`, `group[0]`, `group[1:3]`, joined by `:` or `,`; `:&` keeps
 * what is in both, `:!` takes away. Unknown names: ConfigError with a source, UsageError without, no host where that is `lenient`. The
 * hosts come in the order of the pattern, as in Ansible.
 */
export function selectHosts(
  inventory: Inventory,
  pattern: string,
  source?: Source,
  {lenient = false} = {},
): readonly Host[] {
  const terms = pattern
    .split(/[,:](?![^[]*\])/)
    .map(term => term.trim())
    .filter(term => term !== '')
  const plain = terms.filter(term => !/^[!&]/.test(term))
  const hosts = withLocal(inventory, plain)
  const missing = (term: string) => lenient && isUnknown(term, inventory, hosts)
  const match = (term: string) => (missing(term) ? [] : matching(term, inventory, hosts, source))
  const chosen = new Set(plain.length > 0 ? plain.flatMap(match) : hosts.map(host => host.name))
  for (const term of terms.filter(term => term.startsWith('&'))) keep(chosen, new Set(match(term.slice(1))))
  for (const term of terms.filter(term => term.startsWith('!')))
    for (const name of match(term.slice(1))) chosen.delete(name)
  const byName = new Map(hosts.map(host => [host.name, host]))
  return [...chosen].flatMap(name => byName.get(name) ?? [])
}

/** `localhost` is there even if the inventory does not name it. */
function withLocal({hosts, outsider}: Inventory, terms: readonly string[]): readonly Host[] {
  if (!terms.includes('localhost') || hosts.some(host => host.name === 'localhost')) return hosts
  if (outsider) return [...hosts, outsider('localhost')]
  const vars = {
    ansible_connection: 'local',
    inventory_hostname: 'localhost',
    inventory_hostname_short: 'localhost',
    group_names: [],
  }
  return [...hosts, {name: 'localhost', groups: [], vars}]
}

function keep(chosen: Set<string>, both: ReadonlySet<string>): void {
  for (const name of chosen) if (!both.has(name)) chosen.delete(name)
}

/** Whether a term without wildcards names neither a group nor a host. */
function isUnknown(term: string, {groups}: Inventory, hosts: readonly Host[]): boolean {
  const name = term.replace(/\[-?\d+(?:[:-]-?\d*)?\]$/, '')
  return !/^~|[*?]/.test(name) && !Object.hasOwn(groups, name) && !hosts.some(host => host.name === name)
}

function matching(
  term: string,
  inventory: Inventory,
  hosts: readonly Host[],
  source: Source | undefined,
): readonly string[] {
  const slice = /^(.+)\[(-?\d+)(?:([:-])(-?\d*))?\]$/.exec(term)
  if (slice?.[1]) return sliced(matching(slice[1], inventory, hosts, source), slice)
  if (term.startsWith('~')) return byRegex(regexOf(term.slice(1), source), inventory, hosts)
  if (/[*?]/.test(term)) return byRegex(globOf(term), inventory, hosts)
  const members = Object.hasOwn(inventory.groups, term) ? inventory.groups[term] : undefined
  if (members) return members
  if (hosts.some(host => host.name === term)) return [term]
  throw unknown(term, inventory, source)
}

/** The end of a slice counts too, as in Ansible. */
function sliced(
  names: readonly string[],
  [, , first = '0', dash, last]: readonly (string | undefined)[],
): readonly string[] {
  if (dash === undefined) return names.slice(Number(first)).slice(0, 1)
  return names.slice(Number(first), last ? Number(last) + 1 || names.length : names.length)
}

function byRegex(regex: RegExp, {groups}: Inventory, hosts: readonly Host[]): readonly string[] {
  const inGroups = Object.entries(groups).flatMap(([name, members]) => (regex.test(name) ? members : []))
  return [...inGroups, ...hosts.map(host => host.name).filter(name => regex.test(name))]
}

function globOf(term: string): RegExp {
  const source = term
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`)
}

function regexOf(source: string, place: Source | undefined): RegExp {
  try {
    return new RegExp(`^(?:${source})`)
  } catch {
    throw problem(`"${source}" is not a regular expression`, undefined, place)
  }
}

function unknown(term: string, {groups, hosts}: Inventory, source: Source | undefined): Error {
  const names = [...Object.keys(groups), ...hosts.map(host => host.name)]
  return problem(`there is no host or group "${term}" in the inventory`, didYouMean(term, names), source)
}

function problem(message: string, suggestion: string | undefined, source: Source | undefined): Error {
  if (!source) return new UsageError(message, suggestion)
  return new ConfigError([{source, message, ...(suggestion && {suggestion})}])
}
