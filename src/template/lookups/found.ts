import {readdirSync} from 'node:fs'
import {basename, dirname, join} from 'node:path'
import type {Value} from '../../module.ts'
import {isMap} from '../../value.ts'
import {TemplateError} from '../template-error.ts'
import {asList} from './lists.ts'
import type {Lookup} from './lookup.ts'
import {foldersFor, isFile, isFolder} from './places.ts'

/** Lookups that find files of the controller. */
export const found: {readonly [name: string]: Lookup} = {
  fileglob: (terms, {scope}) =>
    terms.flatMap(asList).flatMap(term => filesLike(String(term), foldersFor('files', scope))),
  first_found: (terms, {scope}) => firstFound(terms, foldersFor('files', scope)),
}

/** The files that a pattern with * and ? finds, in the first folder that has any; sorted by name. */
export function filesLike(pattern: string, folders: readonly string[]): readonly string[] {
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

/** The first file of those that are named which is there; none where `skip` allows it. Throws TemplateError. */
export function firstFound(terms: readonly Value[], folders: readonly string[]): readonly Value[] {
  const wanted = terms.flatMap(asList).flatMap(wantedBy)
  const first = wanted.flatMap(name => placesOf(name, folders)).find(isFile)
  if (first !== undefined) return [first]
  if (terms.flatMap(asList).some(term => isMap(term) && term.skip === true)) return []
  throw new TemplateError(`first_found finds none of: ${wanted.join(', ')}`, {
    expected: 'skip: true where none is fine',
  })
}

function wantedBy(term: Value): readonly string[] {
  if (!isMap(term)) return [String(term)]
  const files = words(term.files).map(String)
  const paths = words(term.paths)
  return paths.length === 0 ? files : paths.flatMap(path => files.map(file => join(String(path), file)))
}

/** A list, or text with commas. */
function words(value: Value | undefined): readonly Value[] {
  if (typeof value === 'string') return value.split(/[,;]/).map(word => word.trim())
  return value === undefined ? [] : asList(value)
}

function placesOf(name: string, folders: readonly string[]): readonly string[] {
  return name.startsWith('/') ? [name] : folders.map(folder => join(folder, name))
}
