import type {Value, Values} from '../module.ts'
import {falseWords, isList, isMap, trueWords} from '../value.ts'
import type {Option, Options, OptionType} from './option.ts'

/** One thing in which values are not as options say; `option` is what stands there, or should. */
export type Mismatch = {
  readonly kind: 'missing' | 'unknown' | 'type' | 'choice' | 'form'
  readonly path: readonly (string | number)[]
  readonly value: Value
  readonly option: Option
  /** The options on the level of the mismatch. */
  readonly among: Options
}

/** YAML's numbers are taken, too. */
const boolWords = [...trueWords, ...falseWords, '1.0', '0.0']

/** Finds in what values are not as options say. On the first level, names that no option has are left alone. */
export function mismatchesOf(options: Options, values: Values, path: Mismatch['path'] = []): readonly Mismatch[] {
  const found = (kind: Mismatch['kind'], name: string, option: Option): Mismatch => ({
    ...{kind, path: [...path, name], value: values[name] ?? null},
    ...{option, among: options},
  })
  const entries = Object.entries(options)
  const lacking = entries.filter(([name, {required}]) => required && isNothing(values[name]))
  const unknown = path.length === 0 ? [] : Object.keys(values).filter(name => !Object.hasOwn(options, name))
  return [
    ...lacking.map(([name, option]) => found('missing', name, option)),
    ...unknown.map(name => found('unknown', name, {})),
    ...entries.flatMap(([name, option]) => {
      const value = values[name]
      return isNothing(value) ? [] : ofValue(option, value, [...path, name], options)
    }),
  ]
}

function ofValue(option: Option, value: Value, path: Mismatch['path'], among: Options): readonly Mismatch[] {
  const {type = 'str', choices, elements, options, matches} = option
  const at = (kind: Mismatch['kind'], wrong: Value): Mismatch => ({kind, path, value: wrong, option, among})
  if (!is(type, value)) return [at('type', value)]
  const allowed = choices?.map(String)
  const items = itemsOf(type, value)
  return [
    ...items.filter(item => allowed && !allowed.includes(String(item))).map(item => at('choice', item)),
    ...(matches === undefined || new RegExp(matches).test(String(value)) ? [] : [at('form', value)]),
    ...(type === 'list' && elements
      ? items.flatMap((item, index) => ofValue({type: elements, options}, item, [...path, index], among))
      : []),
    ...(type === 'dict' && options && isMap(value) ? mismatchesOf(options, value, path) : []),
  ]
}

/** Ansible takes text that can be read as the wanted type. */
function is(type: OptionType, value: Value): boolean {
  if (type === 'int') return /^[+-]?\d+$/.test(String(value))
  if (type === 'float') return !isNothing(value) && String(value).trim() !== '' && !Number.isNaN(Number(value))
  if (type === 'bool') return boolWords.includes(String(value).toLowerCase())
  if (type === 'list') return Array.isArray(value) || !isMap(value)
  if (type === 'dict') return isMap(value) || (typeof value === 'string' && /^\{|=/.test(value))
  return type === 'raw' || type === 'json' || type === 'jsonarg' || typeof value !== 'object' || type === 'str'
}

function itemsOf(type: OptionType, value: Value): readonly Value[] {
  if (type !== 'list') return [value]
  return isList(value) ? value : String(value).split(',')
}

function isNothing(value: Value | undefined): value is null | undefined {
  return value === undefined || value === null
}
