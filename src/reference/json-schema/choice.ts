import type {Schema} from '../module-schema.ts'

/** The schema of a map that is `then` when it has one of the keys, and else `otherwise`. */
export function choice(keys: readonly string[], then: Schema, otherwise: Schema): Schema {
  const condition = {anyOf: keys.map(key => ({required: [key]}))}
  return {type: 'object', if: condition, then, else: otherwise}
}
