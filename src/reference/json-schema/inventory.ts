import {hasTemplate} from '../../value.ts'
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

function inputSchema(input: Input): Schema {
  const {description, required, default: fallback, matches} = input
  const computed = hasTemplate(fallback)
  const words = [...(required ? ['Required.'] : []), description].filter(word => word !== '').join(' ')
  return {
    ...orTemplate(matches === undefined ? formOf(input.type, input) : {type: 'string', pattern: matches}),
    ...(words === '' ? {} : {description: words}),
    ...(fallback === undefined || computed ? {} : {default: fallback}),
    ...(input.example === undefined ? {} : {examples: [input.example]}),
  }
}

/** What may stand there by Ansible's name of the kind; text that can be read as the kind will do. */
function formOf(type: string, {choices, options, elements}: Pick<Input, 'choices' | 'options' | 'elements'>): Schema {
  if (choices) return {enum: choices}
  if (type === 'int') return {anyOf: [{type: 'integer'}, {type: 'string', pattern: '^[+-]?\\d+$'}]}
  if (type === 'float') return {anyOf: [{type: 'number'}, {type: 'string', pattern: '^[-+.\\d]+$'}]}
  if (type === 'bool') return {anyOf: [{type: 'boolean'}, {enum: ['yes', 'no', 'on', 'off', 'true', 'false']}]}
  if (type === 'list') return {type: 'array', ...(elements && {items: orTemplate(formOf(elements, {}))})}
  if (type === 'dict') return {type: 'object', ...(options && ofParts(options))}
  return type === 'raw' || type === 'json' ? {} : {type: ['string', 'number', 'boolean']}
}

function ofParts(options: readonly Input[]): Schema {
  const required = options.filter(part => part.required).map(({name}) => name)
  return {
    properties: Object.fromEntries(options.map(part => [part.name, inputSchema(part)])),
    additionalProperties: false,
    ...(required.length > 0 && {required}),
  }
}
