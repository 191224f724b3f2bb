import type {Value, Values} from '../module.ts'
import {isList, isMap} from '../value.ts'
import {print} from './printing.ts'

/** Takes a filter's value as text; numbers and booleans become text, anything else is refused. */
export function text(value: Value | undefined, filter: string): string {
  if (typeof value === 'object') throw new Error(`${filter} needs text, not ${kindOf(value)}`)
  return print(value ?? null)
}

/** Takes a filter's value as a list. */
export function list(value: Value | undefined, filter: string): readonly Value[] {
  if (typeof value === 'string') return [...value]
  if (isMap(value)) return Object.keys(value)
  if (value !== undefined && isList(value)) return value
  throw new Error(`${filter} needs a list, not ${kindOf(value)}`)
}

/** Takes a filter's value as a map. */
export function map(value: Value | undefined, filter: string): Values {
  if (isMap(value)) return value
  throw new Error(`${filter} needs a map, not ${kindOf(value)}`)
}

/** Takes a filter's value as a number; text that is one counts. */
export function number(value: Value | undefined, filter: string): number {
  const result = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof result === 'number' && !Number.isNaN(result)) return result
  if (typeof result === 'boolean') return Number(result)
  throw new Error(`${filter} needs a number, not ${kindOf(value)}`)
}

/** Names a value's type in plain words. */
export function kindOf(value: Value | undefined): string {
  if (value === undefined || value === null) return 'nothing'
  if (isList(value)) return 'a list'

  if (isMap(value)) return 'a map'
  return typeof value === 'string' ? 'text' : typeof value === 'number' ? 'a number' : 'true or false'
}
