import {z} from 'zod'
import type {Module} from '../module.ts'

const known = new Map<Module, readonly string[]>()

/** The names of the arguments that a module takes. */
export function argumentNames(module: Module): readonly string[] {
  const names = known.get(module) ?? read(module)
  known.set(module, names)
  return names
}

function read(module: Module): readonly string[] {
  const schema = z.toJSONSchema(module.schema, {io: 'input', unrepresentable: 'any'})
  return Object.keys(schema.properties ?? {})
}
