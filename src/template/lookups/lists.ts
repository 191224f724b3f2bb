import {randomInt} from 'node:crypto'
import type {Value} from '../../module.ts'
import {isList, isMap} from '../../value.ts'
import {map} from '../arguments.ts'
import {TemplateError} from '../template-error.ts'
import type {Lookup} from './lookup.ts'
import {sequence} from './sequence.ts'

/** Lookups that make lists of lists; `with_` and `query` know them by the same names. */
export const lists: {readonly [name: string]: Lookup} = {
  items: terms => terms.flatMap(asList),
  list: terms => terms,
  flattened: terms => flattened(terms),
  dict: terms =>
    terms.flatMap(asList).flatMap(term => Object.entries(map(term, 'dict')).map(([key, value]) => ({key, value}))),
  nested: terms => nested(terms.map(asList)),
  cartesian: terms => nested(terms.map(asList)),
  together: terms => together(terms.map(asList)),
  indexed_items: terms => terms.flatMap(asList).map((item, index) => [index, item]),
  subelements,
  sequence: terms => terms.flatMap(term => sequence(String(term))),
  random_choice: terms => (terms.length === 0 ? [] : [terms[randomInt(terms.length)] ?? null]),
}

/** A list as it is; anything else as the only item of one. */
export function asList(value: Value): readonly Value[] {
  return isList(value) ? value : [value]
}

function flattened(terms: readonly Value[]): readonly Value[] {
  return terms.filter(term => term !== null).flatMap(term => (isList(term) ? flattened(term) : [term]))
}

function together(columns: readonly (readonly Value[])[]): readonly Value[] {
  const length = Math.max(0, ...columns.map(column => column.length))
  return Array.from({length}, (_, row) => columns.map(column => column[row] ?? null))
}

function nested(columns: readonly (readonly Value[])[]): readonly Value[] {
  const start: readonly (readonly Value[])[] = columns.length > 0 ? [[]] : []
  return columns.reduce<readonly (readonly Value[])[]>(
    (rows, column) => rows.flatMap(row => column.map(item => [...row, item])),
    start,
  )
}

function subelements(terms: readonly Value[]): readonly Value[] {
  const [list = null, key = null, options = null] = terms
  const skip = isMap(options) && options.skip_missing === true
  const items = isMap(list) ? Object.values(list) : asList(list)
  return items.flatMap(item => {
    const part = String(key)
      .split('.')
      .reduce<Value>((whole, name) => (isMap(whole) ? (whole[name] ?? null) : null), item)
    if (part === null && skip) return []
    if (!isList(part)) throw new TemplateError(`subelements: ${JSON.stringify(item)} has no list "${key}"`)
    const rest = without(item, String(key).split('.'))
    return part.map((one: Value): Value => [rest, one])
  })
}

/** Ansible takes the list out of the item whose parts it names. */
function without(item: Value, [name = '', ...rest]: readonly string[]): Value {
  if (!isMap(item)) return item
  const entries = Object.entries(item).filter(([key]) => key !== name || rest.length > 0)
  return Object.fromEntries(entries.map(([key, value]) => [key, key === name ? without(value, rest) : value]))
}
