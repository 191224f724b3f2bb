import type {Entry, Host, Play} from '../../play.ts'

/** What --list-hosts prints: each play and its hosts. */
export function listHosts(plays: readonly Play[], hostsOf: (play: Play) => readonly Host[]): string {
  return plays.map(play => [play.name, ...hostsOf(play).map(host => `  ${host.name}`)].join('\n')).join('\n')
}

/** What --list-tasks prints: each play, its tasks and their tags. */
export function listTasks(plays: readonly Play[]): string {
  return plays.map(play => [play.name, ...play.entries.flatMap(lines)].join('\n')).join('\n')
}

function lines(entry: Entry): readonly string[] {
  if (entry.kind === 'block') return [...entry.block, ...entry.rescue, ...entry.always].flatMap(lines)
  const tags = entry.tags.length > 0 ? `  [${entry.tags.join(', ')}]` : ''
  return [`  ${nameOf(entry)}${tags}`]
}

function nameOf(entry: Exclude<Entry, {kind: 'block'}>): string {
  if (entry.kind === 'meta') return `meta: ${entry.action}`
  const role = entry.role ? `${entry.role.name} : ` : ''
  if (entry.kind === 'include') return role + (entry.name ?? `${entry.word}: ${entry.file}`)
  return role + (entry.name ?? entry.module.name)
}
