import type {Value} from '../../module.ts'
import {isList} from '../../value.ts'
import {list, number, text} from '../arguments.ts'
import {type Filters, filter, named} from '../filter.ts'
import {follow} from '../mentions.ts'
import {isTrue, print} from '../printing.ts'
import {braces, percent} from '../python-format.ts'

/** Filters that make text of text. */
export const strings: Filters = {
  // minijinja's own drops the line end at the end of the text.
  indent: filter(['width', 'first', 'blank'], (value, width = 4, first = false, blank = false) =>
    indent(text(value, 'indent'), typeof width === 'string' ? width : ' '.repeat(number(width, 'indent')), {
      first: isTrue(first),
      blank: isTrue(blank),
    }),
  ),
  string: filter([], textOf),
  quote: filter([], value => quoteWord(value === null ? '' : text(value, 'quote'))),
  urlencode: filter([], value => urlEncode(value)),
  format: named((options, [pattern, ...values]) => percent(text(pattern, 'format'), values, options)),
  format_map: named((options, [pattern, ...values]) => braces(text(pattern, 'format'), values, options)),
  join: filter(['d', 'attribute'], (values, separator, attribute) =>
    list(values, 'join')
      .map(item => textOf(attribute === undefined ? item : follow(item, String(attribute).split('.'))))
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

/** A value as text, as Python's str() gives it. */
function textOf(value: Value | undefined): string {
  return value === null || value === undefined ? 'None' : print(value)
}

/** As Python's shlex.quote does. */
function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`
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

function centre(value: string, width: number): string {
  return value.padStart(value.length + Math.ceil((width - value.length) / 2)).padEnd(width)
}

/** Lines after the first get an indent; `first` too, and empty ones with `blank`. */
function indent(value: string, space: string, {first, blank}: {first: boolean; blank: boolean}): string {
  const [head = '', ...rest] = value.split('\n')
  return [first ? space + head : head, ...rest.map(line => (line === '' && !blank ? line : space + line))].join('\n')
}
