import type {Value, Values} from '../../module.ts'
import {isList, isMap} from '../../value.ts'
import {list, map, text} from '../arguments.ts'
import {type Filters, filter, variadic} from '../filter.ts'
import {isTrue} from '../printing.ts'

/** Filters that make or take maps. */
export const maps: Filters = {
  items: filter([], value => Object.entries(map(value, 'items')).map(([key, item]) => [key, item])),
  keys: filter([], value => Object.keys(map(value, 'keys'))),
  values: filter([], value => Object.values(map(value, 'values'))),
  get: filter(
    ['key', 'default'],
    (value, key, fallback) => own(map(value, 'get'), text(key, 'get')) ?? fallback ?? null,
  ),
  dict2items: filter(['key_name', 'value_name'], (value, keyName = 'key', valueName = 'value') =>
    Object.entries(map(value, 'dict2items')).map(([key, item]) => ({
      [String(keyName)]: key,
      [String(valueName)]: item,
    })),
  ),
  items2dict: filter(['key_name', 'value_name'], (value, keyName = 'key', valueName = 'value') =>
    Object.fromEntries(
      list(value, 'items2dict').map(item => pair(map(item, 'items2dict'), String(keyName), String(valueName))),
    ),
  ),
  combine: variadic(['recursive', 'list_merge'], (value, recursive, listMerge, ...others) =>
    [value, ...others]
      .flatMap(item => (item !== undefined && isList(item) ? item : [item ?? null]))
      .map(item => map(item, 'combine'))
      .reduce((merged, item) => combined(merged, item, isTrue(recursive ?? null), String(listMerge ?? 'replace'))),
  ),
  extract: filter(['container', 'morekeys'], (value, container = null, more = []) =>
    [value, ...(isList(more) ? more : [more])].reduce(at, container),
  ),
}

function own(values: Values, key: string): Value | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined
}

function pair(item: Values, keyName: string, valueName: string): [string, Value] {
  const [key, value] = [own(item, keyName), own(item, valueName)]
  if (key === undefined || value === undefined)
    throw new Error(`items2dict needs "${keyName}" and "${valueName}" in every item`)
  return [text(key, 'items2dict'), value]
}

function combined(left: Values, right: Values, recursive: boolean, listMerge: string): Values {
  const merged: Record<string, Value> = {...left}
  for (const [key, item] of Object.entries(right)) {
    const before = own(left, key)
    const deep = recursive && isMap(before) && isMap(item)
    merged[key] = deep ? combined(before, item, true, listMerge) : mergedLists(before, item, listMerge)
  }
  return merged
}

function mergedLists(before: Value | undefined, after: Value, how: string): Value {
  if (before === undefined || !isList(before) || !isList(after)) return after
  const seen = (values: readonly Value[]) => new Set(values.map(value => JSON.stringify(value)))
  const without = (values: readonly Value[], others: readonly Value[]) =>
    values.filter(value => !seen(others).has(JSON.stringify(value)))
  if (how === 'append') return [...before, ...after]
  if (how === 'prepend') return [...after, ...before]
  if (how === 'append_rp') return [...without(before, after), ...after]
  return how === 'prepend_rp' ? [...after, ...without(before, after)] : how === 'keep' ? before : after
}

function at(container: Value, key: Value): Value {
  const found = isList(container) ? container.at(Number(key)) : own(map(container, 'extract'), text(key, 'extract'))
  if (found === undefined) throw new Error(`extract: there is no ${text(key, 'extract')}`)
  return found
}
