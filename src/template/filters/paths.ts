import {posix} from 'node:path'
import {isList} from '../../value.ts'
import {text} from '../arguments.ts'
import {type Filters, filter} from '../filter.ts'

/** Filters for paths on the hosts. */
export const paths: Filters = {
  basename: filter([], value => /[^/]*$/.exec(text(value, 'basename'))?.[0] ?? ''),
  dirname: filter([], value => dirname(text(value, 'dirname'))),
  splitext: filter([], value => splitExtension(text(value, 'splitext'))),
  path_join: filter([], value => posix.join(...(isList(value) ? value : [value]).map(part => text(part, 'path_join')))),
  relpath: filter(['start'], (value, start = '.') => posix.relative(text(start, 'relpath'), text(value, 'relpath'))),
}

/** Python's: what is before the last slash, without slashes at its end unless it is nothing else. */
function dirname(path: string): string {
  const head = path.slice(0, path.lastIndexOf('/') + 1)
  return /^\/*$/.test(head) ? head : head.replace(/\/+$/, '')
}

function splitExtension(path: string): readonly string[] {
  const extension = /(?<=[^/.][^/]*)\.[^./]*$/.exec(path)?.[0] ?? ''
  return [path.slice(0, path.length - extension.length), extension]
}
