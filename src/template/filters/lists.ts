import type {Value} from '../../module.ts'
import {isList} from '../../value.ts'
import {list, number} from '../arguments.ts'
import {type Filters, filter, variadic} from '../filter.ts'

/** Filters that make lists of lists. */
export const lists: Filters = {
  flatten: filter(['levels'], (value, levels) =>
    flattened(list(value, 'flatten'), levels === undefined ? Number.POSITIVE_INFINITY : number(levels, 'flatten')),
  ),
  unique: filter(['case_sensitive', 'attribute'], value => distinct(list(value, 'unique'))),
  union: filter(['other'], (value, other) => distinct([...list(value, 'union'), ...list(other, 'union')])),
  intersect: filter(['other'], (value, other) => within(list(value, 'intersect'), list(other, 'intersect'), true)),
  difference: filter(['other'], (value, other) => within(list(value, 'difference'), list(other, 'difference'), false)),
  symmetric_difference: filter(['other'], (value, other) => [
    ...within(list(value, 'symmetric_difference'), list(other, 'symmetric_difference'), false),
    ...within(list(other, 'symmetric_difference'), list(value, 'symmetric_difference'), false),
  ]),
  zip: variadic([], (value, ...others) => zipped([value, ...others.map(other => other ?? null)])),
  sum: filter(['attribute', 'start'], (value, attribute, start = 0) => total(list(value, 'sum'), attribute, start)),
  product: variadic(['repeat'], (value, _, ...others) =>
    others.reduce<readonly (readonly Value[])[]>(
      (rows, other) => rows.flatMap(row => list(other, 'product').map(item => [...row, item])),
      list(value, 'product').map(item => [item]),
    ),
  ),
  subelements: filter(['key', 'skip_missing'], (value, key) =>
    list(value, 'subelements').flatMap(item => list(at(item, String(key)), 'subelements').map(part => [item, part])),
  ),
}

function flattened(values: readonly Value[], levels: number): readonly Value[] {
  return values
    .filter(value => value !== null)
    .flatMap(value => (isList(value) && levels > 0 ? flattened(value, levels - 1) : [value]))
}

/** The first of equal values stays. */
function distinct(values: readonly Value[]): readonly Value[] {
  const seen = new Map<string, Value>()
  for (const value of values) if (!seen.has(JSON.stringify(value))) seen.set(JSON.stringify(value), value)
  return [...seen.values()]
}

function within(values: readonly Value[], others: readonly Value[], wanted: boolean): readonly Value[] {
  const known = new Set(others.map(value => JSON.stringify(value)))
  return distinct(values).filter(value => known.has(JSON.stringify(value)) === wanted)
}

function zipped(columns: readonly Value[]): readonly Value[] {
  const rows = columns.map(column => list(column, 'zip'))
  const length = Math.min(...rows.map(row => row.length))
  return Array.from({length}, (_, index) => rows.map(row => row[index] ?? null))
}

function total(values: readonly Value[], attribute: Value | undefined, start: Value): Value {
  const items = attribute === undefined ? values : values.map(value => at(value, String(attribute)) ?? null)
  if (isList(start)) return [...start, ...items.flatMap(item => list(item, 'sum'))]
  return items.reduce<number>((sum, item) => sum + number(item, 'sum'), number(start, 'sum'))
}

function at(value: Value, key: string): Value | undefined {
  return key.split('.').reduce<Value | undefined>((item, step) => {
    if (item === null || typeof item !== 'object') return undefined
    return Object.entries(item).find(([name]) => name === step)?.[1]
  }, value)
}
