import type {Value, Values} from '../../module.ts'
import {splitWords} from '../../shell/words.ts'
import {text} from '../arguments.ts'
import {isTrue} from '../printing.ts'
import {pythonRegex} from '../regex.ts'
import {TemplateError} from '../template-error.ts'
import type {Lookup} from './lookup.ts'
import {readFound} from './places.ts'

/** Lookups that read one value of a file with many. */
export const tables: {readonly [name: string]: Lookup} = {
  ini: (terms, {options, scope}) =>
    terms.flatMap(term => {
      const {key, settings} = asked(text(term, 'ini'), options)
      const source = readFound(String(settings.file ?? 'ansible.ini'), 'files', scope)
      const isFlat = settings.type === 'properties'
      const values = section(source, isFlat ? undefined : String(settings.section ?? 'global'))
      return fromSection(key, values, settings)
    }),
  csvfile: (terms, {options, scope}) =>
    terms.map(term => {
      const {key, settings} = asked(text(term, 'csvfile'), options)
      const source = readFound(String(settings.file ?? 'ansible.csv'), 'files', scope)
      const row = rows(source, delimiterOf(settings)).find(([first]) => first === key)
      return row ? cell(row, Number(settings.col ?? 1)) : (settings.default ?? [])
    }),
}

/** `user section=production file=users.ini`; named arguments say the same. */
function asked(term: string, options: Values): {readonly key: string; readonly settings: Values} {
  const words = splitWords(term)
  if (!words) throw new TemplateError(`lookup: a quote is not closed in "${term}"`)
  const isPair = (word: string) => /^(?:type|file|section|re|default|encoding|case_sensitive|col|delimiter)=/.test(word)
  const pairs = words.filter(isPair).map(word => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)])
  return {key: words.filter(word => !isPair(word)).join(' '), settings: {...options, ...Object.fromEntries(pairs)}}
}

type Setting = readonly [name: string, value: string]

/** The settings of one section, or of a file without any. Throws TemplateError when there is no such section. */
function section(source: string, wanted: string | undefined): readonly Setting[] {
  let at: string | undefined
  let seen = wanted === undefined
  const settings: Setting[] = []
  for (const line of source.split(/\r?\n/)) {
    const head = /^\s*\[(.+)\]\s*$/.exec(line)?.[1]
    if (head !== undefined) at = head
    seen ||= at === wanted
    const [, name, value] = /^\s*([^#;\s[][^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? []
    if (head === undefined && at === wanted && name !== undefined) settings.push([name, value ?? ''])
  }
  if (!seen) throw new TemplateError(`lookup: ini finds no section [${wanted}]`)
  return settings
}

function fromSection(key: string, settings: readonly Setting[], {re, default: fallback}: Values): readonly Value[] {
  if (isTrue(re === undefined ? null : re) && re !== 'false') {
    const like = pythonRegex(`^(?:${key})`, true)
    return settings.filter(([name]) => like.test(name)).map(([, value]) => value)
  }
  const found = settings.findLast(([name]) => name.toLowerCase() === key.toLowerCase())
  return [found ? found[1] : (fallback ?? '')]
}

function delimiterOf({delimiter = 'TAB'}: Values): string {
  return delimiter === 'TAB' || delimiter === 't' ? '\t' : String(delimiter)
}

/** Rows of a table whose cells may stand in double quotes. */
function rows(source: string, delimiter: string): readonly (readonly string[])[] {
  return source
    .split(/\r?\n/)
    .filter(line => line !== '')
    .map(line => cells(line, delimiter))
}

function cells(line: string, delimiter: string): readonly string[] {
  const found: string[] = ['']
  let quoted = false
  for (const [index, sign] of [...line].entries()) {
    const last = found.length - 1
    if (sign === '"') {
      if (quoted || found[last] === '') quoted = !quoted
      if (quoted && line[index - 1] === '"' && found[last] !== '') found[last] += '"'
    } else if (sign === delimiter && !quoted) found.push('')
    else found[last] += sign
  }
  return found
}

function cell(row: readonly string[], column: number): string {
  const value = row[column]
  if (value === undefined) throw new TemplateError(`lookup: csvfile has no column ${column} in the row "${row[0]}"`)
  return value
}
