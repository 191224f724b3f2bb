import type {Value} from '../module.ts'
import type {Loop} from '../play.ts'
import {hasTemplate} from '../value.ts'
import type {YamlEntry} from '../yaml.ts'
import {anyValueOf, checkKeywords, fieldsOf, flagOf, numberOf, textOf} from './fields.ts'
import {describe, type Fields, type Loading, report} from './loading.ts'

const forms: {readonly [word: string]: Loop['loopForm']} = {
  with_together: 'together',
  with_nested: 'nested',
  with_cartesian: 'nested',
  with_indexed_items: 'indexed_items',
  with_subelements: 'subelements',
  with_sequence: 'sequence',
  with_fileglob: 'fileglob',
  with_first_found: 'first_found',
  with_lines: 'lines',
  with_random_choice: 'random_choice',
  with_inventory_hostnames: 'inventory_hostnames',
  with_file: 'file',
  with_env: 'env',
}

const words = ['loop', 'with_items', 'with_list', 'with_dict', 'with_flattened', ...Object.keys(forms)]

/** The keywords of a loop. */
export const loopWords = [...words, 'loop_control']

/** Reads loop and its older forms, which become the same thing. */
export function readLoop(fields: Fields, loading: Loading): Loop {
  const [word, second] = words.filter(word => fields.has(word))
  const place = fields.get(second ?? '')?.source
  if (second && place) report(loading, place, `a task has one loop: "${word}" stands here already`)
  const value = anyValueOf(fields.get(word ?? ''), loading)
  if (word === 'loop' && value !== undefined && !isListOrTemplate(value)) notAList(fields.get('loop'), value, loading)
  const loopForm = forms[word ?? '']
  const loop = value === undefined || loopForm ? value : converted(word ?? '', value)
  return {loop, loopForm, ...readControl(fields, loading)}
}

function isListOrTemplate(value: Value): boolean {
  return Array.isArray(value) || hasTemplate(value)
}

function notAList(entry: YamlEntry | undefined, value: Value, loading: Loading): void {
  if (!entry) return
  const name = typeof value === 'string' && /^[A-Za-z_]\w*$/.test(value) ? `, or "{{ ${value} }}" for the variable` : ''
  report(loading, entry.value.source, `"loop" cannot be ${describe(entry.value)}`, {expected: `a list: [a, b]${name}`})
}

/** with_items flattens one level, with_flattened all; with_dict walks a map as items with key and value. */
function converted(word: string, value: Value): Value {
  if (word === 'loop' || word === 'with_list') return value
  if (word === 'with_dict') return `{{ ${expressionOf(value) ?? JSON.stringify(value)} | dict2items }}`
  const levels = word === 'with_items' ? 1 : Number.POSITIVE_INFINITY
  const filter = levels === 1 ? 'flatten(levels=1)' : 'flatten'
  const whole = expressionOf(value)
  if (whole !== undefined) return `{{ ${whole} | ${filter} }}`
  const items = flattened(Array.isArray(value) ? value : [value], levels)
  if (!items.some(item => expressionOf(item) !== undefined)) return items
  const written = items.map(item => expressionOf(item) ?? JSON.stringify(item)).join(', ')
  return `{{ [${written}] | ${filter} }}`
}

/** The inside of a text that is exactly one `{{ … }}`. */
function expressionOf(value: Value): string | undefined {
  const inside = typeof value === 'string' ? /^\s*\{\{([^{}]*)\}\}\s*$/.exec(value)?.[1] : undefined
  return inside === undefined ? undefined : `(${inside.trim()})`
}

function flattened(items: readonly Value[], levels: number): readonly Value[] {
  return items.flatMap(item => (Array.isArray(item) && levels > 0 ? flattened(item, levels - 1) : [item]))
}

function readControl(fields: Fields, loading: Loading): Omit<Loop, 'loop' | 'loopForm'> {
  const entry = fields.get('loop_control')
  if (entry && entry.value.kind !== 'map')
    report(loading, entry.value.source, '"loop_control" needs a map', {expected: 'loop_var: NAME'})
  const control = entry?.value.kind === 'map' ? fieldsOf(entry.value) : new Map()
  checkControl(control, loading)
  flagOf(control.get('extended_allitems'), loading)
  return {
    loopVar: textOf(control.get('loop_var'), loading) ?? 'item',
    indexVar: textOf(control.get('index_var'), loading),
    loopLabel: textOf(control.get('label'), loading),
    loopPause: numberOf(control.get('pause'), loading),
    loopExtended: flagOf(control.get('extended'), loading),
  }
}

function checkControl(control: Fields, loading: Loading): void {
  const later = control.get('break_when')
  if (later) report(loading, later.source, '"break_when" is not supported yet: use when on the task')
  const known = ['loop_var', 'label', 'index_var', 'pause', 'extended', 'extended_allitems', 'break_when']
  checkKeywords(control, known, 'loop_control', loading)
}
