import {didYouMean} from '../nearest.ts'
import type {Play} from '../play.ts'
import {plain, type YamlEntry} from '../yaml.ts'
import {flagOf, numberOf, templateIn, textOf} from './fields.ts'
import {type Fields, type Inherited, type Loading, report} from './loading.ts'

type Course = Required<Pick<Play, 'serial' | 'anyErrorsFatal' | 'forceHandlers' | 'ignoreUnreachable'>> &
  Pick<Play, 'maxFailPercentage' | 'order' | 'way' | 'diff' | 'strategy'>

const strategies = ['linear', 'free', 'host_pinned']

/** Reads how hosts go through a play: in which turns, and what a failure of one means for the others. */
export function readCourse(fields: Fields, inherited: Inherited, loading: Loading): Course {
  const {anyErrorsFatal, ignoreUnreachable, diff} = inherited
  return {
    serial: serialOf(fields.get('serial'), loading),
    maxFailPercentage: percentageOf(fields.get('max_fail_percentage'), loading),
    anyErrorsFatal,
    ignoreUnreachable,
    ...(diff !== undefined && {diff}),
    ...strategyOf(fields.get('strategy'), loading),
    ...orderOf(fields.get('order'), loading),
    ...wayOf(fields, loading),
    forceHandlers: flagOf(fields.get('force_handlers'), loading) ?? false,
  }
}

const orders = ['reverse_inventory', 'sorted', 'reverse_sorted', 'shuffle'] as const

function orderOf(entry: YamlEntry | undefined, loading: Loading): Pick<Play, 'order'> {
  const word = textOf(entry, loading)
  const order = orders.find(known => known === word)
  if (entry && word !== undefined && word !== 'inventory' && !order)
    report(loading, entry.value.source, `there is no order "${word}"`, {
      expected: `inventory, ${orders.join(', ')}`,
      suggestion: didYouMean(word, ['inventory', ...orders]),
    })
  return order ? {order} : {}
}

/** The keywords are the weakest words for what the variables of the same meaning say. */
function wayOf(fields: Fields, loading: Loading): Pick<Play, 'way'> {
  const words = {ansible_connection: 'connection', ansible_user: 'remote_user', ansible_port: 'port'}
  const said = Object.entries(words).flatMap(([variable, word]) => {
    const older = word === 'remote_user' ? fields.get('user') : undefined
    const text = textOf(fields.get(word) ?? older, loading)
    return text === undefined ? [] : [[variable, text] as const]
  })
  return said.length > 0 ? {way: Object.fromEntries(said)} : {}
}

/** With each of them hosts go at their own pace; with `linear` they wait for others where the outcome of one is the business of another. */
function strategyOf(entry: YamlEntry | undefined, loading: Loading): Pick<Play, 'strategy'> {
  const word = textOf(entry, loading)?.replace(/^ansible\.builtin\./, '')
  if (entry && word !== undefined && !strategies.includes(word))
    report(loading, entry.value.source, `there is no strategy "${word}"`, {expected: strategies.join(' or ')})
  return word === 'free' || word === 'host_pinned' ? {strategy: 'free'} : {}
}

function serialOf(entry: YamlEntry | undefined, loading: Loading): readonly (number | string)[] {
  if (!entry) return []
  const items = entry.value.kind === 'list' ? entry.value.items : [entry.value]
  return items.flatMap((item): readonly (number | string)[] => {
    const open = templateIn(item, loading)
    if (open !== undefined) return [open]
    const text = item.kind === 'scalar' ? String(plain(item)) : ''
    if (/^\d+(\.\d+)?%$/.test(text)) return [text]
    if (/^-?\d+$/.test(text)) return [Number(text)]
    report(loading, item.source, '"serial" takes numbers of hosts and percentages', {
      expected: '2, "30%" or [1, "50%"]',
    })
    return []
  })
}

function percentageOf(entry: YamlEntry | undefined, loading: Loading): number | string | undefined {
  return (entry && templateIn(entry.value, loading)) ?? numberOf(withoutPercent(entry), loading)
}

function withoutPercent(entry: YamlEntry | undefined): YamlEntry | undefined {
  if (entry?.value.kind !== 'scalar' || typeof entry.value.value !== 'string') return entry
  return {...entry, value: {...entry.value, value: entry.value.value.replace(/%$/, '')}}
}
