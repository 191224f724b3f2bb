import type {Play} from '../play.ts'
import {plain, type YamlEntry} from '../yaml.ts'
import {flagOf, numberOf, textOf} from './fields.ts'
import {type Fields, type Inherited, type Loading, report} from './loading.ts'

type Course = Required<Pick<Play, 'serial' | 'anyErrorsFatal' | 'forceHandlers'>> & Pick<Play, 'maxFailPercentage'>

const strategies = ['linear', 'free', 'host_pinned']

/** Reads how hosts go through a play: in which turns, and what a failure of one means for the others. */
export function readCourse(fields: Fields, {anyErrorsFatal}: Inherited, loading: Loading): Course {
  checkStrategy(fields.get('strategy'), loading)
  return {
    serial: serialOf(fields.get('serial'), loading),
    maxFailPercentage: numberOf(withoutPercent(fields.get('max_fail_percentage')), loading),
    anyErrorsFatal,
    forceHandlers: flagOf(fields.get('force_handlers'), loading) ?? false,
  }
}

/**
 * Both strategies are taken, and mean the same: each host goes at its own pace and waits for others only where a task runs once. What is
 * left on the hosts is that of `linear`, unless tasks of different hosts depend on each other without saying so.
 */
function checkStrategy(entry: YamlEntry | undefined, loading: Loading): void {
  const word = textOf(entry, loading)?.replace(/^ansible\.builtin\./, '')
  if (entry && word !== undefined && !strategies.includes(word))
    report(loading, entry.value.source, `there is no strategy "${word}"`, {expected: strategies.join(' or ')})
}

function serialOf(entry: YamlEntry | undefined, loading: Loading): readonly (number | string)[] {
  if (!entry) return []
  const items = entry.value.kind === 'list' ? entry.value.items : [entry.value]
  return items.flatMap((item): readonly (number | string)[] => {
    const text = item.kind === 'scalar' ? String(plain(item)) : ''
    if (/^\d+(\.\d+)?%$/.test(text)) return [text]
    if (/^-?\d+$/.test(text)) return [Number(text)]
    report(loading, item.source, '"serial" takes numbers of hosts and percentages', {
      expected: '2, "30%" or [1, "50%"]',
    })
    return []
  })
}

function withoutPercent(entry: YamlEntry | undefined): YamlEntry | undefined {
  if (entry?.value.kind !== 'scalar' || typeof entry.value.value !== 'string') return entry
  return {...entry, value: {...entry.value, value: entry.value.value.replace(/%$/, '')}}
}
