import type {Value, Values} from '../module.ts'

/** Whether a value is a map. */
export function isValues(value: Value | undefined): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
