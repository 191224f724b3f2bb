import type {Value} from '../module.ts'

/** A filter, test or function of templates. Named arguments are put in the order of `parameters`; what is not given is undefined. */
export type Filter = {
  readonly parameters: readonly string[]
  /** Arguments beyond the parameters are allowed and follow them; parameters are then given by name only. */
  readonly variadic?: boolean
  readonly apply: (input: Value, ...args: (Value | undefined)[]) => Value
}

/** Filters by name. */
export type Filters = {readonly [name: string]: Filter}

/** Makes a filter of a function and the names of its arguments. */
export function filter(parameters: readonly string[], apply: Filter['apply']): Filter {
  return {parameters, apply}
}

/** Makes a filter that takes any number of arguments; its named arguments come first. */
export function variadic(parameters: readonly string[], apply: Filter['apply']): Filter {
  return {parameters, variadic: true, apply}
}
