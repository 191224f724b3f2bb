import type {Value} from '../../module.ts'
import {isSchema, type Schema} from '../module-schema.ts'

/** What a template is, for `$ref: '#/definitions/template'`. */
export const template: Schema = {
  type: 'string',
  pattern: '\\{[{%]',
  description: 'A Jinja template: its value is known when the task runs.',
}

/** The schema, and a template wherever it does not take any text anyway: at itself and at all its parts. */
export function orTemplate(schema: Schema): Schema {
  const inner = templatesWithin(schema)
  if (takesAnyText(inner)) return inner
  const {description, default: fallback, ...rest} = inner
  const alternatives = Array.isArray(inner.anyOf) ? inner.anyOf : [rest]
  return {
    ...(description === undefined ? {} : {description}),
    ...(fallback === undefined ? {} : {default: fallback}),
    anyOf: [...alternatives, {$ref: '#/definitions/template'}],
  }
}

/** The schema with templates in place of its parts, but not of itself. */
export function templatesWithin(schema: Schema): Schema {
  return Object.fromEntries(Object.entries(schema).map(([word, value]) => [word, part(word, value)]))
}

function part(word: string, value: Value): Value {
  if (word === 'properties' && isSchema(value))
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, orTemplateIfSchema(one)]))
  if (word === 'items' || word === 'additionalProperties') return orTemplateIfSchema(value)
  if (word === 'anyOf' && Array.isArray(value)) return value.map(one => (isSchema(one) ? templatesWithin(one) : one))
  return value
}

function orTemplateIfSchema(value: Value): Value {
  return isSchema(value) ? orTemplate(value) : value
}

function takesAnyText(schema: Schema): boolean {
  if (Array.isArray(schema.anyOf)) return schema.anyOf.some(one => isSchema(one) && takesAnyText(one))
  if (Array.isArray(schema.allOf)) return schema.allOf.every(one => isSchema(one) && takesAnyText(one))
  const {type, pattern, format, enum: choices, const: only} = schema
  const isText = type === undefined || type === 'string' || (Array.isArray(type) && type.includes('string'))
  return isText && [pattern, format, choices, only].every(limit => limit === undefined)
}
