import type {Module, Value} from '../../module.ts'
import {isSchema, moduleSchema, type Schema} from '../module-schema.ts'
import {templatesWithin} from './templates.ts'

/** The definitions of what stands behind each module's name in a task, by that name, with their own parts beside them. */
export function moduleDefinitions(modules: readonly Module[]): Schema {
  return Object.assign({}, ...modules.map(definitions))
}

function definitions(module: Module): Schema {
  const {name, summary} = module
  const {
    $schema: _,
    definitions: parts = {},
    ...object
  }: Schema = JSON.parse(
    JSON.stringify(moduleSchema(module)).replaceAll('"#/definitions/', `"#/definitions/module.${name}.`),
  )
  const own = Object.entries(parts ?? {}).map(([part, schema]): readonly [string, Value] => [
    `module.${name}.${part}`,
    schema,
  ])
  const named = withAliases(object, module)
  const mayBeEmpty = !Array.isArray(object.required) || object.required.length === 0
  const forms = [templatesWithin(named), text(module), ...(mayBeEmpty ? [{type: 'null'}] : [])]
  return {[`module.${name}`]: {description: summary, anyOf: forms}, ...Object.fromEntries(own)}
}

/** An argument may stand under its other names; one that is needed and has other names need not stand under its own. */
function withAliases(object: Schema, {aliases}: Module): Schema {
  if (!aliases) return object
  const {properties = {}, required = []} = object
  if (!isSchema(properties) || !Array.isArray(required)) return object
  const others = Object.entries(aliases).map(([alias, own]) => [alias, properties[own] ?? {}])
  const needed = required.filter(name => !Object.values(aliases).some(own => own === name))
  return {
    ...object,
    properties: {...properties, ...Object.fromEntries(others)},
    required: needed,
  }
}

/** Free text for modules that take it; `key=value` for all. */
function text({freeForm}: Module): Schema {
  return freeForm === undefined ? {type: 'string', pattern: '^\\s*\\w+='} : {type: ['string', 'number', 'boolean']}
}
