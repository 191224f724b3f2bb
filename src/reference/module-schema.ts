import {z} from 'zod'
import type {Module, Value, Values} from '../module.ts'

/** A JSON Schema (draft 07), or a part of one. */
export type Schema = Values

/** What a module's arguments must look like before they are read, as JSON Schema that zod makes. */
export function moduleSchema({schema}: Module): Schema {
  return JSON.parse(JSON.stringify(z.toJSONSchema(schema, {target: 'draft-07', io: 'input', unrepresentable: 'any'})))
}

/** The default of each argument that has one. JSON Schema knows only those that are read as they are written. */
export function defaultsOf({schema}: Module): ReadonlyMap<string, Value> {
  const object = written(schema)
  const fields = object instanceof z.ZodObject ? Object.entries<z.core.$ZodType>(object.shape) : []
  return new Map(fields.flatMap(([name, field]) => (field instanceof z.ZodDefault ? [[name, asValue(field)]] : [])))
}

/** What a schema reads before it makes something else of it. */
function written(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodPipe ? written(schema.in) : schema
}

function asValue(field: z.ZodDefault): Value {
  return z.json().parse(field.def.defaultValue)
}

/** Whether a part of a schema is a schema (or a map of them) itself. */
export function isSchema(value: Value | undefined): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
