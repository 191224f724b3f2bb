import type {Value, Values} from '../module.ts'
import {isMap} from '../value.ts'

/** A filter, test or function of templates. Named arguments are put in the order of `parameters`; what is not given is undefined. */
export type Filter = {
  readonly parameters: readonly string[]
  /** Arguments beyond the parameters are allowed and follow them; parameters are then given by name only. */
  readonly variadic?: boolean
  /** All named arguments come as one map that holds `__named` too, whatever they are called. */
  readonly named?: boolean
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

/** Makes a function that takes any named arguments, as one map, and any number of others. */
export function named(apply: (options: Values, given: readonly Value[]) => Value): Filter {
  return {
    parameters: [],
    named: true,
    apply: (...args) => {
      const given = args.map(arg => arg ?? null)
      const last = given.at(-1)
      if (!isMap(last) || !Object.hasOwn(last, '__named')) return apply({}, given)
      const {__named, ...options} = last
      return apply(options, given.slice(0, -1))
    },
  }
}
