import type {Value, Values} from '../module.ts'
import {isMap} from '../value.ts'
import {list} from './arguments.ts'
import {type Filters, filter, named} from './filter.ts'
import {isSteady, lookUp} from './lookups/index.ts'
import type {Place} from './lookups/lookup.ts'
import {print} from './printing.ts'
import {strftime} from './strftime.ts'

/** All functions that templates may call, minijinja's own included. */
export const functionNames = [
  'lookup',
  'query',
  'q',
  'now',
  'range',
  'dict',
  'namespace',
  'cycler',
  'joiner',
  'caller',
  'loop',
  'super',
]

/** The functions that templates may call: lookup, query, now and dict. */
export function functionsFor(place: Place): Filters {
  const asked = new Map<string, Value>()
  const looksUp = (wantlist?: true) =>
    named((options, [name, ...terms]) =>
      once(asked, String(name), [terms, options, wantlist], () =>
        lookUp(String(name), terms, wantlist ? {...options, wantlist} : options, place),
      ),
    )
  const query = looksUp(true)
  return {lookup: looksUp(), query, q: query, now: filter(['utc', 'fmt'], nowOf), dict: named(dict)}
}

/** An expression is evaluated more than once; a program must not run more than once for that. */
function once(asked: Map<string, Value>, name: string, rest: unknown, look: () => Value): Value {
  if (!isSteady(name)) return look()
  const key = JSON.stringify([name, rest])
  const known = asked.get(key)
  if (known !== undefined) return known
  const value = look()
  asked.set(key, value)
  return value
}

/** Python's dict(): of pairs, of a map, of named arguments. */
function dict(options: Values, [given = []]: readonly Value[]): Values {
  if (isMap(given)) return {...given, ...options}
  const pairs = list(given, 'dict').map(pair => list(pair, 'dict'))
  return {...Object.fromEntries(pairs.map(([key = null, value = null]) => [print(key), value])), ...options}
}

/** Reads now's arguments: with named ones alone, they come as the first. */
function nowOf(first: Value, second?: Value, third?: Value): string {
  const {utc, fmt} = isMap(first) ? first : {utc: first, fmt: second ?? third}
  return now(utc === true, typeof fmt === 'string' ? fmt : undefined)
}

/** The time as Python prints it, or in the form that `strftime` letters ask for. */
function now(utc: boolean, format: string | undefined): string {
  return strftime(format ?? '%F %T.%f', new Date(), utc)
}
