import type {Value} from '../../module.ts'
import {isList} from '../../value.ts'
import {list, number, text} from '../arguments.ts'
import {type Filters, filter} from '../filter.ts'
import {PythonRandom} from '../python-random.ts'

/** Filters that draw lots or list all choices. */
export const chosen: Filters = {
  random: filter(['start', 'step', 'seed'], (value, start = 0, step = 1, seed = null) => {
    const lots = new PythonRandom(seed)
    if (typeof value === 'number') return between(value, number(start, 'random'), number(step, 'random'), lots)
    const items = list(value, 'random')
    if (items.length === 0) throw new Error('random needs a list with something in it')
    return items[lots.below(items.length)] ?? null
  }),
  shuffle: filter(['seed'], (value, seed = null) => shuffled([...list(value, 'shuffle')], new PythonRandom(seed))),
  permutations: filter(['r'], (value, size) => {
    const items = list(value, 'permutations')
    return permutations(items, size === undefined ? items.length : number(size, 'permutations'))
  }),
  combinations: filter(['r'], (value, size) => combinations(list(value, 'combinations'), number(size, 'combinations'))),
  rekey_on_member: filter(['key', 'duplicates'], (value, key, duplicates = 'error') => {
    const items = isList(value) ? value : Object.values(value ?? {})
    const keyed: Record<string, Value> = {}
    for (const item of items) {
      const name =
        item !== null && typeof item === 'object' ? Object.entries(item).find(([own]) => own === key)?.[1] : undefined
      if (name === undefined) throw new Error(`rekey_on_member: an item has no "${text(key, 'rekey_on_member')}"`)
      if (duplicates === 'error' && Object.hasOwn(keyed, String(name)))
        throw new Error(`rekey_on_member: "${name}" stands there twice`)
      keyed[String(name)] = item
    }
    return keyed
  }),
}

function between(end: number, start: number, step: number, lots: PythonRandom): number {
  const steps = Math.ceil((end - start) / step)
  if (steps <= 0) throw new Error(`random: nothing lies from ${start} up to ${end}`)
  return start + step * lots.below(steps)
}

function shuffled(items: Value[], lots: PythonRandom): readonly Value[] {
  for (let last = items.length - 1; last > 0; last--) {
    const other = lots.below(last + 1)
    const [one = null, two = null] = [items[last], items[other]]
    items[last] = two
    items[other] = one
  }
  return items
}

function permutations(items: readonly Value[], size: number): readonly (readonly Value[])[] {
  if (size === 0) return [[]]
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1), size - 1).map(rest => [item, ...rest]))
}

function combinations(items: readonly Value[], size: number): readonly (readonly Value[])[] {
  if (size === 0) return [[]]
  return items.flatMap((item, index) => combinations(items.slice(index + 1), size - 1).map(rest => [item, ...rest]))
}
