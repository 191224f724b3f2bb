import type {Value} from '../module.ts'
import {isMap} from '../value.ts'
import {type Filters, filter, variadic} from './filter.ts'
import {type Lookups, lookUp} from './lookups.ts'
import {isTrue} from './printing.ts'

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

/** The functions that templates may call: lookup, query and now. */
export function functionsFor(lookups: Lookups): Filters {
  return {
    lookup: variadic(['wantlist'], (name, ...rest) => lookup(String(name), rest, lookups)),
    query: variadic(['wantlist'], (name, ...rest) => lookup(String(name), [true, ...rest.slice(1)], lookups)),
    q: variadic(['wantlist'], (name, ...rest) => lookup(String(name), [true, ...rest.slice(1)], lookups)),
    now: filter(['utc', 'fmt'], nowOf),
  }
}

function lookup(name: string, [wantList, ...terms]: readonly (Value | undefined)[], lookups: Lookups): Value {
  const values = terms.map(term => lookUp(name, String(term ?? ''), lookups))
  if (isTrue(wantList ?? null)) return values
  return values.length === 1 ? (values[0] ?? null) : values.join(',')
}

/** Reads now's arguments: with named ones alone, they come as the first. */
function nowOf(first: Value, second?: Value, third?: Value): string {
  const {utc, fmt} = isMap(first) ? first : {utc: first, fmt: second ?? third}
  return now(utc === true, typeof fmt === 'string' ? fmt : undefined)
}

/** The time as Python prints it, or in the form that `strftime` letters ask for. */
function now(utc: boolean, format: string | undefined): string {
  const time = new Date()
  const local = new Date(time.getTime() - (utc ? 0 : time.getTimezoneOffset() * 60_000))
  const parts = /^(\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+)\.(\d+)/.exec(local.toISOString())?.slice(1) ?? []
  const [Y = '', m = '', d = '', H = '', M = '', S = '', milliseconds = ''] = parts
  const seconds = String(Math.floor(time.getTime() / 1000))
  const letters: {readonly [letter: string]: string} = {
    Y,
    m,
    d,
    H,
    M,
    S,
    F: `${Y}-${m}-${d}`,
    T: `${H}:${M}:${S}`,
    s: seconds,
    '%': '%',
  }
  return (format ?? `%F %T.${milliseconds}000`).replace(
    /%([A-Za-z%])/g,
    (both, letter: string) => letters[letter] ?? both,
  )
}
