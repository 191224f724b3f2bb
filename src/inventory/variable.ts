import type {Source} from '../errors.ts'
import type {Value, Values} from '../module.ts'

/** A variable as one place says it; a value that a program printed has no line of its own. */
export type Variable = {
  readonly name: string
  readonly value: Value
  readonly source: Source
  readonly printed?: true
  /** It comes from a sealed file: the value is secret, means itself, and has no line. */
  readonly sealed?: true
}

/** What holds when variables are said one after another: the last of each name. */
export function valuesOf(variables: readonly Variable[]): Values {
  return Object.fromEntries(variables.map(({name, value}) => [name, value]))
}
