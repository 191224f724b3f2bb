import {z} from 'zod'
import type {Module} from '../module.ts'

type Descriptions = ReadonlyMap<string, string>

const known = new Map<Module, Descriptions>()

/** The names of the arguments that a module takes, the other names of one among them. */
export function argumentNames(module: Module): readonly string[] {
  return [...argumentsOf(module).keys()]
}

/** What one of a module's arguments is for, in a sentence. */
export function aboutArgument(module: Module, name: string): string | undefined {
  return argumentsOf(module).get(name)
}

function argumentsOf(module: Module): Descriptions {
  const descriptions = known.get(module) ?? read(module)
  known.set(module, descriptions)
  return descriptions
}

function read(module: Module): Descriptions {
  const {properties = {}} = z.toJSONSchema(module.schema, {io: 'input', unrepresentable: 'any'})
  const own = Object.entries(properties).map(([name, about]): [string, string] => [name, descriptionOf(about)])
  const others = Object.entries(module.aliases ?? {})
  return new Map([...own, ...others.map(([alias, name]): [string, string] => [alias, new Map(own).get(name) ?? ''])])
}

function descriptionOf(about: z.core.JSONSchema._JSONSchema): string {
  return typeof about === 'object' ? (about.description ?? '') : ''
}
