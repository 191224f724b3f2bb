import type {Value} from '../../module.ts'
import {quote} from '../../shell/shell.ts'
import {isList} from '../../value.ts'
import {list, map, number, text} from '../arguments.ts'
import {type Filters, filter, variadic} from '../filter.ts'
import {isTrue, print, pythonRepr} from '../printing.ts'

/** Filters that make text of text. */
export const strings: Filters = {
  // minijinja's own drops the line end at the end of the text.
  indent: filter(['width', 'first', 'blank'], (value, width = 4, first = false, blank = false) =>
    indent(text(value, 'indent'), typeof width === 'string' ? width : ' '.repeat(number(width, 'indent')), {
      first: isTrue(first),
      blank: isTrue(blank),
    }),
  ),
  string: filter([], value => (value === null ? 'None' : print(value))),
  quote: filter([], value => quoteWord(text(value, 'quote'))),
  urlencode: filter([], value => urlEncode(value)),
  comment: filter(['style'], value => text(value, 'comment').replace(/^/gm, '# ')),
  format: variadic([], (pattern, ...values) => percent(text(pattern, 'format'), values)),
  format_map: variadic([], (pattern, ...values) => braces(text(pattern, 'format'), values)),
  join: filter(['d', 'attribute'], (values, separator, attribute) =>
    list(values, 'join')
      .map(item => print(attribute === undefined ? item : (map(item, 'join')[String(attribute)] ?? null)))
      .join(print(separator ?? '')),
  ),
  center: filter(['width'], (value, width) => centre(text(value, 'center'), Number(width ?? 80))),
  ternary: filter(['true_val', 'false_val', 'none_val'], (value, yes, no, none) =>
    value === null && none !== undefined ? none : isTrue(value) ? (yes ?? null) : (no ?? null),
  ),
  mandatory: filter(['msg'], (value, message) => {
    if (value === null) throw new Error(text(message ?? 'this variable is mandatory', 'mandatory'))
    return value
  }),
}

function quoteWord(word: string): string {
  return word === '' ? "''" : quote(word)
}

function urlEncode(value: Value): string {
  if (typeof value === 'object' && value !== null && !isList(value))
    return new URLSearchParams(entriesOf(value)).toString()
  return encodeURIComponent(text(value, 'urlencode'))
    .replaceAll('%2F', '/')
    .replace(/[!'()*]/g, hex)
}

function entriesOf(value: {readonly [key: string]: Value}): [string, string][] {
  return Object.entries(value).map(([key, item]) => [key, print(item)])
}

function hex(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}

/** Python's % operator, as far as %s, %d, %r, %f, %x and %% with widths go. */
function percent(pattern: string, values: readonly (Value | undefined)[]): string {
  const rest = [...values]
  return pattern.replace(
    /%([-0]?)(\d*)(?:\.(\d+))?([sdrfx%])/g,
    (_, flag: string, width: string, digits: string | undefined, kind: string) => {
      if (kind === '%') return '%'
      const shown = converted(rest.shift() ?? null, kind, digits)
      return flag === '-' ? shown.padEnd(Number(width)) : shown.padStart(Number(width), flag === '0' ? '0' : ' ')
    },
  )
}

function converted(value: Value, kind: string, digits: string | undefined): string {
  if (kind === 'r') return pythonRepr(value)
  if (kind === 'f') return Number(value).toFixed(Number(digits ?? 6))
  if (kind === 'd') return String(Math.trunc(Number(value)))
  return kind === 'x' ? Number(value).toString(16) : print(value)
}

/** Python's str.format with {} and {0}. */
function braces(pattern: string, values: readonly (Value | undefined)[]): string {
  let next = 0
  return pattern.replace(/\{(\d*)\}/g, (_, index: string) =>
    print(values[index === '' ? next++ : Number(index)] ?? null),
  )
}

function centre(value: string, width: number): string {
  return value.padStart(value.length + Math.ceil((width - value.length) / 2)).padEnd(width)
}

/** Lines after the first get an indent; `first` too, and empty ones with `blank`. */
function indent(value: string, space: string, {first, blank}: {first: boolean; blank: boolean}): string {
  const [head = '', ...rest] = value.split('\n')
  return [first ? space + head : head, ...rest.map(line => (line === '' && !blank ? line : space + line))].join('\n')
}
