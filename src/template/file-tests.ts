import {lstatSync, realpathSync, statSync} from 'node:fs'
import {dirname, isAbsolute, resolve} from 'node:path'
import type {Value} from '../module.ts'
import {text} from './arguments.ts'
import {type Filters, filter} from './filter.ts'

/** Tests of paths on the controller, under each of their names. */
export const fileTests: Filters = {
  ...named(['directory', 'is_dir'], path => stat(path)?.isDirectory() ?? false),
  ...named(['file', 'is_file'], path => stat(path)?.isFile() ?? false),
  ...named(['exists'], path => stat(path) !== undefined),
  ...named(['link', 'is_link'], path => lstat(path)?.isSymbolicLink() ?? false),
  ...named(['link_exists'], path => lstat(path) !== undefined),
  ...named(['mount', 'is_mount'], isMount),
  ...named(['abs', 'is_abs'], path => isAbsolute(path)),
  ...named(
    ['same_file', 'is_same_file'],
    (path, other) => realpathSync(path) === realpathSync(text(other, 'same_file')),
  ),
}

function named(names: readonly string[], holds: (path: string, other: Value | undefined) => boolean): Filters {
  return Object.fromEntries(
    names.map(name => [name, filter(['other'], (value, other) => holds(text(value, name), other))]),
  )
}

function stat(path: string): ReturnType<typeof statSync> {
  return statSync(path, {throwIfNoEntry: false})
}

function lstat(path: string): ReturnType<typeof lstatSync> {
  return lstatSync(path, {throwIfNoEntry: false})
}

/** Where another file system begins. */
function isMount(path: string): boolean {
  const [own, above] = [lstat(path), lstat(dirname(resolve(path)))]
  if (own === undefined || own.isSymbolicLink()) return false
  return own.dev !== above?.dev || own.ino === above.ino
}
