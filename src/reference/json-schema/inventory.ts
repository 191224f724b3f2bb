import type {Value} from '../../module.ts'
import type {Input} from '../inputs.ts'
import type {Schema} from '../module-schema.ts'
import {connectionVariables} from './connection-variables.ts'
import {orTemplate, template} from './templates.ts'

const groups: Schema = {type: ['object', 'null'], additionalProperties: {$ref: '#/definitions/group'}}

/** The JSON Schema (draft 07) of inventories in YAML; other variables than those known here may have any value. */
export function inventorySchema(inputs: readonly Input[]): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Inventory of provision',
    ...groups,
    definitions: {
      template,
      group: {
        type: ['object', 'null'],
        properties: {
          hosts: {
            type: ['object', 'null'],
            description: 'The hosts of the group: each with a colon after its name, its variables below.',
            additionalProperties: {$ref: '#/definitions/variables'},
          },
          children: {...groups, description: 'Groups whose hosts belong to this group.'},
          vars: {$ref: '#/definitions/variables'},
        },
        additionalProperties: false,
      },
      variables: {
        type: ['object', 'null'],
        properties: {
          ...connectionVariables,
          ...Object.fromEntries(inputs.map(input => [input.name, inputSchema(input)])),
        },
      },
    },
  }
}

function inputSchema({description, required, default: fallback}: Input): Schema {
  const form = orTemplate(fallback === undefined ? {type: 'string', minLength: 1} : formLike(fallback))
  const plain = typeof fallback === 'string' && /\{[{%]/.test(fallback)
  const words = [...(required ? ['Required.'] : []), description].filter(word => word !== '').join(' ')
  return {
    ...form,
    ...(words === '' ? {} : {description: words}),
    ...(fallback === undefined || plain ? {} : {default: fallback}),
  }
}

/** What stands in the place of a default must be of its kind; a computed one says nothing of that. */
function formLike(value: Value): Schema {
  if (typeof value === 'string') return /\{[{%]/.test(value) ? {} : {type: ['string', 'number', 'boolean']}
  if (typeof value === 'number') return {anyOf: [{type: 'number'}, {type: 'string', pattern: '^\\d+$'}]}
  if (typeof value === 'boolean') return {anyOf: [{type: 'boolean'}, {enum: ['yes', 'no', 'on', 'off']}]}
  if (Array.isArray(value)) return {type: 'array'}
  return value === null ? {} : {type: 'object'}
}
