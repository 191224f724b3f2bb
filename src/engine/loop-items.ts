import {readdirSync, statSync} from 'node:fs'
import {basename, dirname, join} from 'node:path'
import {TaskError} from '../errors.ts'
import type {Value} from '../module.ts'
import type {Loop} from '../play.ts'
import {renderValue} from '../template/template.ts'
import type {Variables} from '../template/variables.ts'
import {isList, isMap} from '../value.ts'

/** The items of a loop, as `loop` or the lookup of its older form makes them; `folders` is where files are looked for. Throws TaskError. */
export function loopItems({loop, loopForm}: Loop, scope: Variables, folders: readonly string[]): readonly Value[] {
  const value = renderValue(loop ?? [], scope)
  if (loopForm === undefined) {
    if (isList(value)) return value
    throw new TaskError({message: `loop wants a list, and got ${JSON.stringify(value)}`})
  }
  const terms = isList(value) ? value : [value]
  if (loopForm === 'together') return together(terms.map(asList))
  if (loopForm === 'nested') return nested(terms.map(asList))
  if (loopForm === 'indexed_items') return terms.flatMap(asList).map((item, index) => [index, item])
  if (loopForm === 'subelements') return subelements(terms)
  if (loopForm === 'sequence') return terms.flatMap(term => sequence(String(term)))
  if (loopForm === 'fileglob') return terms.flatMap(asList).flatMap(term => filesLike(String(term), folders))
  return firstFound(terms, folders)
}

function together(columns: readonly (readonly Value[])[]): readonly Value[] {
  const length = Math.max(0, ...columns.map(column => column.length))
  return Array.from({length}, (_, row) => columns.map(column => column[row] ?? null))
}

function nested(columns: readonly (readonly Value[])[]): readonly Value[] {
  const start: readonly (readonly Value[])[] = columns.length > 0 ? [[]] : []
  return columns.reduce<readonly (readonly Value[])[]>(
    (rows, column) => rows.flatMap(row => column.map(item => [...row, item])),
    start,
  )
}

function subelements(terms: readonly Value[]): readonly Value[] {
  const [list = null, key = null, options = null] = terms
  const skip = isMap(options) && options.skip_missing === true
  const items = isMap(list) ? Object.values(list) : asList(list)
  return items.flatMap(item => {
    const part = String(key)
      .split('.')
      .reduce<Value>((whole, name) => (isMap(whole) ? (whole[name] ?? null) : null), item)
    if (part === null && skip) return []
    if (!isList(part)) throw new TaskError({message: `with_subelements: ${JSON.stringify(item)} has no list "${key}"`})
    return part.map((one: Value): Value => [item, one])
  })
}

/** `start=1 end=9 stride=2 format=web%02d`, or the short form `1-9/2:web%02d`. */
function sequence(term: string): readonly Value[] {
  const short = /^(?:(\w+)-)?(\w+)(?:\/(-?\w+))?(?::(.+))?$/.exec(term)
  const pairs = new Map([...term.matchAll(/(\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]))
  const part = (name: string, at: number) => pairs.get(name) ?? (pairs.size === 0 ? short?.[at] : undefined)
  const start = Number(part('start', 1) ?? 1)
  const stride = Number(part('stride', 3) ?? 1)
  const count = pairs.get('count')
  const end = count === undefined ? Number(part('end', 2)) : start + (Number(count) - 1) * stride
  if (![start, stride, end].every(Number.isInteger) || stride === 0)
    throw new TaskError({
      message: `with_sequence cannot read "${term}"`,
      hint: 'write start=1 end=9 stride=2 format=web%02d',
    })
  const numbers: number[] = []
  for (let at = start; stride > 0 ? at <= end : at >= end; at += stride) numbers.push(at)
  return numbers.map(number => formatted(part('format', 4) ?? '%d', number))
}

function formatted(format: string, number: number): string {
  return format.replace(/%(0?)(\d*)([dixXo])/, (_, zero: string, width: string, letter: string) => {
    const digits = number.toString(letter === 'o' ? 8 : letter === 'x' || letter === 'X' ? 16 : 10)
    return (letter === 'X' ? digits.toUpperCase() : digits).padStart(Number(width), zero === '0' ? '0' : ' ')
  })
}

/** The files that a pattern with * and ? finds, in the first folder that has any; sorted by name. */
function filesLike(pattern: string, folders: readonly string[]): readonly string[] {
  for (const place of placesOf(pattern, folders)) {
    const like = new RegExp(
      `^${basename(place)
        .replace(/[.+^${}()|\\]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.')}$`,
    )
    const names = isFolder(dirname(place)) ? readdirSync(dirname(place)).filter(name => like.test(name)) : []
    const files = names
      .sort()
      .map(name => join(dirname(place), name))
      .filter(isFile)
    if (files.length > 0) return files
  }
  return []
}

function firstFound(terms: readonly Value[], folders: readonly string[]): readonly Value[] {
  const wanted = terms.flatMap(asList).flatMap(term => {
    if (!isMap(term)) return [String(term)]
    const paths = asList(term.paths ?? [])
    const files = asList(term.files ?? [])
    return paths.length > 0
      ? paths.flatMap(path => files.map(file => join(String(path), String(file))))
      : files.map(String)
  })
  const found = wanted.flatMap(name => placesOf(name, folders)).find(isFile)
  if (found !== undefined) return [found]
  if (terms.flatMap(asList).some(term => isMap(term) && term.skip === true)) return []
  throw new TaskError({
    message: `with_first_found finds none of: ${wanted.join(', ')}`,
    hint: 'add skip: true where none is fine',
  })
}

function placesOf(name: string, folders: readonly string[]): readonly string[] {
  return name.startsWith('/') ? [name] : folders.map(folder => join(folder, name))
}

function isFile(path: string): boolean {
  return statSync(path, {throwIfNoEntry: false})?.isFile() ?? false
}

function isFolder(path: string): boolean {
  return statSync(path, {throwIfNoEntry: false})?.isDirectory() ?? false
}

function asList(value: Value): readonly Value[] {
  return isList(value) ? value : [value]
}
