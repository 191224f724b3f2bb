import type {Source} from '../errors.ts'
import type {Value, Values} from '../module.ts'
import {didYouMean} from '../nearest.ts'
import {hasTemplate} from '../value.ts'
import {plain, type YamlEntry, type YamlMap, type YamlNode} from '../yaml.ts'
import {checkExpression, checkTemplates} from './check-templates.ts'
import {notYet, shortName} from './keywords.ts'
import {describe, type Fields, type Loading, report} from './loading.ts'

/** The entries of a map by key, the collection taken off each key. */
export function fieldsOf(map: YamlMap): Fields {
  return new Map(map.entries.map(entry => [shortName(entry.key), entry]))
}

/** Reports every key that is not allowed here. */
export function checkKeywords(fields: Fields, allowed: readonly string[], what: string, loading: Loading): void {
  for (const [key, entry] of fields) {
    if (allowed.includes(key)) continue
    const instead = notYet[key]
    if (instead) report(loading, entry.source, `"${key}" is not supported yet: ${instead}`)
    else unknownKeyword(key, entry, allowed, what, loading)
  }
}

function unknownKeyword(
  key: string,
  entry: YamlEntry,
  allowed: readonly string[],
  what: string,
  loading: Loading,
): void {
  report(loading, entry.source, `${what} has no keyword "${entry.key}"`, {
    expected: loading.modules.has(key)
      ? `"${entry.key}" is a module: it belongs into a task of its own`
      : elsewhere[key],
    suggestion: didYouMean(key, allowed),
  })
}

/** Where a keyword belongs that stands in the wrong place. */
const elsewhere: {readonly [keyword: string]: string} = {
  rescue: 'a block around the tasks that rescue is for: "- block: …" with rescue beside it',
  always: 'a block around the tasks before it: "- block: …" with always beside it',
  loop: 'loop on a task, or include_tasks, which may loop',
  with_items: 'with_items on a task, or include_tasks, which may loop',
  register: 'register on each task',
  notify: 'notify on each task',
  roles: 'roles in the play; in a task, import_role or include_role',
  hosts: 'hosts in the play: "- hosts: …" at the left margin',
}

/** Reads text; numbers are taken as text. */
export function textOf(entry: YamlEntry | undefined, loading: Loading): string | undefined {
  if (!entry) return undefined
  const {value} = entry
  if (value.kind === 'scalar' && (typeof value.value === 'string' || typeof value.value === 'number')) {
    checkTemplates(value, loading)
    return String(value.value)
  }
  return wrong(entry, 'text', loading)
}

/** Reads true or false. */
export function flagOf(entry: YamlEntry | undefined, loading: Loading): boolean | undefined {
  if (!entry) return undefined
  const {value} = entry
  if (value.kind === 'scalar' && typeof value.value === 'boolean') return value.value
  const word = value.kind === 'scalar' ? String(value.value).toLowerCase() : ''
  if (['yes', 'on', 'true', '1'].includes(word)) return true
  if (['no', 'off', 'false', '0'].includes(word)) return false
  return wrong(entry, 'true or false', loading)
}

/** Reads a number that is not negative. */
export function numberOf(entry: YamlEntry | undefined, loading: Loading): number | undefined {
  if (!entry) return undefined
  const {value} = entry
  const number =
    value.kind === 'scalar' && value.value !== null && value.value !== '' ? Number(value.value) : Number.NaN
  return Number.isNaN(number) || number < 0 ? wrong(entry, 'a number from 0', loading) : number
}

/** Reads one word or a list of words. Text with commas is a list where `split` says so. */
export function wordsOf(entry: YamlEntry | undefined, loading: Loading, split = false): readonly string[] | undefined {
  if (!entry) return undefined
  const items = entry.value.kind === 'list' ? entry.value.items : [entry.value]
  return items.flatMap(item => {
    if (item.kind !== 'scalar' || item.value === null)
      return wrong({...entry, value: item}, 'text or a list of texts', loading) ?? []
    checkTemplates(item, loading)
    const text = String(item.value)
    return split ? text.split(',').map(word => word.trim()) : [text]
  })
}

/** Reads conditions: one expression or a list of them; true and false are expressions too. */
export function conditionsOf(entry: YamlEntry | undefined, loading: Loading): readonly string[] | undefined {
  if (!entry) return undefined
  const items = entry.value.kind === 'list' ? entry.value.items : [entry.value]
  return items.flatMap(item => {
    if (item.kind !== 'scalar' || item.value === null)
      return wrong({...entry, value: item}, 'an expression or a list of expressions', loading) ?? []
    checkExpression(item, loading)
    return [String(item.value)]
  })
}

/** Reads a map of values. */
function valuesOf(entry: YamlEntry | undefined, loading: Loading): Values {
  if (!entry || isNothing(entry.value)) return {}
  checkTemplates(entry.value, loading)
  if (entry.value.kind === 'map') return mapOf(entry.value)
  if (entry.value.kind === 'list' && entry.value.items.every(item => item.kind === 'map'))
    return Object.assign({}, ...entry.value.items.map(mapOf))
  return wrong(entry, 'a map: name: value', loading) ?? {}
}

/** Reads environments: maps, or templates that give one. */
export function environmentOf(entry: YamlEntry | undefined, loading: Loading): readonly Value[] {
  if (!entry) return []
  const items = entry.value.kind === 'list' ? entry.value.items : [entry.value]
  return items.map(item => templateIn(item, loading) ?? valuesOf({...entry, value: item}, loading))
}

/** Reads text that holds variables; undefined where it is something else. */
export function templateIn(node: YamlNode, loading: Loading): string | undefined {
  if (node.kind !== 'scalar' || typeof node.value !== 'string' || !hasTemplate(node.value)) return undefined
  checkTemplates(node, loading)
  return node.value
}

/** Reads variables: a map of values whose keys can be names of variables. */
export function varsOf(entry: YamlEntry | undefined, loading: Loading): Values {
  const maps = entry?.value.kind === 'list' ? entry.value.items : entry ? [entry.value] : []
  for (const map of maps)
    if (map.kind === 'map') for (const {key, source} of map.entries) checkName(key, source, loading)
  return valuesOf(entry, loading)
}

/** Reports a name that no variable can have. */
export function checkName(name: string, source: Source, loading: Loading): boolean {
  if (/^[A-Za-z_]\w*$/.test(name)) return true
  report(loading, source, `"${name}" cannot be the name of a variable`, {
    expected: 'letters, digits and _, no digit first',
    suggestion: /^[A-Za-z_][\w-]*$/.test(name) ? `Did you mean "${name.replaceAll('-', '_')}"?` : undefined,
  })
  return false
}

/** Reads any value. */
export function anyValueOf(entry: YamlEntry | undefined, loading: Loading): Value | undefined {
  if (!entry) return undefined
  checkTemplates(entry.value, loading)
  return plain(entry.value)
}

/** Reads a list; nothing at all counts as an empty one. */
export function itemsOf(entry: YamlEntry | undefined, expected: string, loading: Loading): readonly YamlNode[] {
  if (!entry || isNothing(entry.value)) return []
  return entry.value.kind === 'list' ? entry.value.items : (wrong(entry, expected, loading) ?? [])
}

/** Forgets the places of a map's values. */
function mapOf(map: YamlMap): Values {
  return Object.fromEntries(map.entries.map(entry => [entry.key, plain(entry.value)]))
}

function wrong(entry: YamlEntry, expected: string, loading: Loading): undefined {
  report(loading, entry.value.source, `"${entry.key}" cannot be ${describe(entry.value)}`, {expected})
}

function isNothing(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.value === null
}
