import type {Module, Value} from '../module.ts'
import {defaultsOf, isSchema, moduleSchema, type Schema} from './module-schema.ts'

/** One argument of a module, for people. */
export type Argument = {
  readonly name: string
  /** text, number, boolean, list, map, several of them with `or` between, or anything. */
  readonly type: string
  readonly required: boolean
  readonly default?: Value
  readonly choices?: readonly Value[]
  readonly description: string
}

/** The arguments of a module, those that it needs first. */
export function argumentsOf(module: Module): readonly Argument[] {
  const schema = moduleSchema(module)
  const required = Array.isArray(schema.required) ? schema.required : []
  const defaults = defaultsOf(module)
  const all = Object.entries(partsOf(schema.properties)).map(([name, part]) =>
    argument(name, part, required.includes(name), defaults.get(name), othersOf(name, module)),
  )
  return [...all.filter(one => one.required), ...all.filter(one => !one.required)]
}

/** What else an argument may be called, as a sentence. */
function othersOf(name: string, {aliases = {}}: Module): string {
  const others = Object.entries(aliases).flatMap(([alias, own]) => (own === name ? [alias] : []))
  return others.length === 0 ? '' : ` Also: ${others.join(', ')}.`
}

function argument(
  name: string,
  value: Value,
  required: boolean,
  fallback: Value | undefined,
  others: string,
): Argument {
  const schema = partsOf(value)
  const choices = choicesOf(schema)
  return {
    name,
    type: typeOf(schema),
    required,
    ...(fallback === undefined ? {} : {default: fallback}),
    ...(choices && {choices}),
    description: `${typeof schema.description === 'string' ? schema.description : ''}${others}`.trim(),
  }
}

/** The kinds of value that may stand there, without those that only stand for another one. */
function typeOf(schema: Schema): string {
  const kinds = [...new Set(alternatives(schema).map(kindOf))]
  return kinds.includes('anything') ? 'anything' : kinds.join(' or ')
}

function kindOf({type, enum: choices, const: only}: Schema): string {
  if (Array.isArray(type) || type === 'string') return 'text'
  if (type === 'array') return 'list'
  if (type === 'object') return 'map'
  if (type === 'boolean') return 'boolean'
  if (type === 'integer' || type === 'number') return 'number'
  return choices === undefined && only === undefined ? 'anything' : 'text'
}

function choicesOf(schema: Schema): readonly Value[] | undefined {
  const found = alternatives(schema).flatMap(({enum: choices, const: only}) =>
    Array.isArray(choices) ? choices : only === undefined ? [] : [only],
  )
  return found.length > 0 ? found : undefined
}

/** What a schema allows, as a flat list; what only stands for another value is left out. */
function alternatives(schema: Schema): readonly Schema[] {
  if (!Array.isArray(schema.anyOf)) return [schema]
  const parts = schema.anyOf.map(partsOf)
  const has = (type: string) => parts.some(part => part.type === type)
  if (has('boolean') && has('string') && has('number')) return [{type: 'boolean'}]
  if (has('array') && has('string') && has('number')) return parts.filter(part => part.type === 'array')
  if (!has('integer')) return parts.flatMap(alternatives)
  // Digits in quotes stand for a number; a number stands for other text, such as the mode of a file.
  const isDigits = (part: Schema) => part.pattern === '^\\d+$'
  return parts.filter(part => (part.type === 'integer') === parts.some(isDigits))
}

function partsOf(value: Value | undefined): Schema {
  return isSchema(value) ? value : {}
}
