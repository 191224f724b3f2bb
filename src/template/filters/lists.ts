import type {Value} from '../../module.ts'
import {isList, isMap} from '../../value.ts'
import {kindOf, list, number} from '../arguments.ts'
import {type Filters, filter, variadic} from '../filter.ts'
import {isTrue} from '../printing.ts'

/** Filters that make lists of lists. */
export const lists: Filters = {
  list: filter([], value => list(value, 'list')),
  flatten: filter(['levels', 'skip_nulls'], (value, levels, skip = true) =>
    flattened(
      list(value, 'flatten'),
      levels === undefined ? Number.POSITIVE_INFINITY : number(levels, 'flatten'),
      isTrue(skip),
    ),
  ),
  unique: filter(['case_sensitive', 'attribute'], (value, caseSensitive, attribute) =>
    distinct(list(value, 'unique'), item =>
      folded(attribute === undefined ? item : at(item, String(attribute)), caseSensitive),
    ),
  ),
  sort: filter(['reverse', 'case_sensitive', 'attribute'], (value, reverse, caseSensitive, attribute) => {
    const keys = attribute === undefined ? undefined : String(attribute).split(',')
    const keysOf = (item: Value) =>
      (keys ? keys.map(key => at(item, key)) : [item]).map(key => folded(key, caseSensitive))
    const sign = isTrue(reverse ?? null) ? -1 : 1
    return list(value, 'sort').toSorted((one, other) => sign * compared(keysOf(one), keysOf(other)))
  }),
  max: filter(['case_sensitive', 'attribute'], (value, caseSensitive, attribute) =>
    outermost(list(value, 'max'), 1, caseSensitive, attribute),
  ),
  min: filter(['case_sensitive', 'attribute'], (value, caseSensitive, attribute) =>
    outermost(list(value, 'min'), -1, caseSensitive, attribute),
  ),
  union: filter(['other'], (value, other) => distinct([...list(value, 'union'), ...list(other, 'union')])),
  intersect: filter(['other'], (value, other) => within(list(value, 'intersect'), list(other, 'intersect'), true)),
  difference: filter(['other'], (value, other) => within(list(value, 'difference'), list(other, 'difference'), false)),
  symmetric_difference: filter(['other'], (value, other) => [
    ...within(list(value, 'symmetric_difference'), list(other, 'symmetric_difference'), false),
    ...within(list(other, 'symmetric_difference'), list(value, 'symmetric_difference'), false),
  ]),
  zip: variadic([], (value, ...others) => zipped([value, ...others.map(other => other ?? null)])),
  zip_longest: variadic(['fillvalue'], (value, fill, ...others) =>
    zipped([value, ...others.map(other => other ?? null)], {fill: fill ?? null}),
  ),
  sum: filter(['attribute', 'start'], (value, attribute, start = 0) => total(list(value, 'sum'), attribute, start)),
  product: variadic(['repeat'], (value, repeat = 1, ...others) =>
    Array.from({length: number(repeat, 'product')}, (_, turn) => (turn === 0 ? others : [value, ...others]))
      .flat()
      .reduce<readonly (readonly Value[])[]>(
        (rows, other) => rows.flatMap(row => list(other, 'product').map(item => [...row, item])),
        list(value, 'product').map(item => [item]),
      ),
  ),
  subelements: filter(['key', 'skip_missing'], (value, key, skip) =>
    (isMap(value) ? Object.values(value) : list(value, 'subelements')).flatMap(item => {
      const parts = at(item, isList(key ?? null) ? list(key, 'subelements').join('.') : String(key))
      if (parts === undefined && isTrue(skip ?? null)) return []
      if (parts === undefined || !isList(parts)) throw new Error(`subelements: an item has no list "${key}"`)
      return parts.map((part): Value => [item, part])
    }),
  ),
}

function flattened(values: readonly Value[], levels: number, skipNulls: boolean): readonly Value[] {
  return values
    .filter(value => value !== null || !skipNulls)
    .flatMap(value => (isList(value) && levels > 0 ? flattened(value, levels - 1, skipNulls) : [value]))
}

/** The first of equal values stays. */
function distinct(values: readonly Value[], keyOf: (value: Value) => Value = value => value): readonly Value[] {
  const seen = new Map<string, Value>()
  for (const value of values) {
    const key = JSON.stringify(keyOf(value))
    if (!seen.has(key)) seen.set(key, value)
  }
  return [...seen.values()]
}

function within(values: readonly Value[], others: readonly Value[], wanted: boolean): readonly Value[] {
  const known = new Set(others.map(value => JSON.stringify(value)))
  return distinct(values).filter(value => known.has(JSON.stringify(value)) === wanted)
}

function zipped(columns: readonly Value[], longest?: {readonly fill: Value}): readonly Value[] {
  const rows = columns.map(column => list(column, 'zip'))
  const lengths = rows.map(row => row.length)
  const length = longest ? Math.max(...lengths) : Math.min(...lengths)
  return Array.from({length}, (_, index) => rows.map(row => row[index] ?? longest?.fill ?? null))
}

function total(values: readonly Value[], attribute: Value | undefined, start: Value): Value {
  const items = attribute === undefined ? values : values.map(value => at(value, String(attribute)) ?? null)
  if (isList(start)) return [...start, ...items.flatMap(item => list(item, 'sum'))]
  return items.reduce<number>((sum, item) => sum + number(item, 'sum'), number(start, 'sum'))
}

/** Text in small letters, unless its case matters. */
function folded(value: Value | undefined, caseSensitive: Value | undefined): Value {
  return typeof value === 'string' && !isTrue(caseSensitive ?? null) ? value.toLowerCase() : (value ?? null)
}

function compared(one: readonly Value[], other: readonly Value[]): number {
  for (const [index, value] of one.entries()) {
    const order = compareValues(value, other[index] ?? null)
    if (order !== 0) return order
  }
  return one.length - other.length
}

function compareValues(one: Value, other: Value): number {
  if (isList(one) && isList(other)) return compared(one, other)
  const numbers = [one, other].map(value => (typeof value === 'boolean' ? Number(value) : value))
  const [left = null, right = null] = numbers
  if (typeof left !== typeof right || typeof left === 'object')
    throw new Error(`${kindOf(one)} and ${kindOf(other)} have no order`)
  return left === right || right === null ? 0 : left < right ? -1 : 1
}

function outermost(
  items: readonly Value[],
  sign: number,
  caseSensitive: Value | undefined,
  attribute: Value | undefined,
): Value {
  const keyOf = (item: Value) => [folded(attribute === undefined ? item : at(item, String(attribute)), caseSensitive)]
  const [first, ...rest] = items
  if (first === undefined) throw new Error('an empty list has no least and no greatest item')
  return rest.reduce((best, item) => (sign * compared(keyOf(item), keyOf(best)) > 0 ? item : best), first)
}

function at(value: Value, key: string): Value | undefined {
  return key.split('.').reduce<Value | undefined>((item, step) => {
    if (item === null || typeof item !== 'object') return undefined
    return Object.entries(item).find(([name]) => name === step)?.[1]
  }, value)
}
