import {readFileSync, realpathSync} from 'node:fs'
import {homedir} from 'node:os'
import {posix, resolve} from 'node:path'
import {isList} from '../../value.ts'
import {text} from '../arguments.ts'
import {type Filters, filter} from '../filter.ts'
import {filesLike} from '../lookups/found.ts'

/** Filters for paths on the hosts. */
export const paths: Filters = {
  basename: filter([], value => /[^/]*$/.exec(text(value, 'basename'))?.[0] ?? ''),
  dirname: filter([], value => dirname(text(value, 'dirname'))),
  splitext: filter([], value => splitExtension(text(value, 'splitext'))),
  path_join: filter([], value => joined((isList(value) ? value : [value]).map(part => text(part, 'path_join')))),
  realpath: filter([], value => realPath(text(value, 'realpath'))),
  expanduser: filter([], value => expandUser(text(value, 'expanduser'))),
  expandvars: filter([], value =>
    text(value, 'expandvars').replace(
      /\$(?:(\w+)|\{([^}]*)\})/g,
      (whole, name: string | undefined, braced = '') => process.env[name ?? braced] ?? whole,
    ),
  ),
  fileglob: filter([], value => filesLike(text(value, 'fileglob'), [process.cwd()])),
  relpath: filter(['start'], (value, start = '.') => posix.relative(text(start, 'relpath'), text(value, 'relpath'))),
}

/** Python's: an absolute part takes the place of what is before it. */
function joined(parts: readonly string[]): string {
  const first = parts.findLastIndex(part => part.startsWith('/'))
  return parts
    .slice(Math.max(0, first))
    .reduce((path, part) => (path === '' || path.endsWith('/') ? path + part : `${path}/${part}`), '')
}

/** Follows links of the controller as far as there is something. */
function realPath(path: string): string {
  const whole = resolve(path)
  try {
    return realpathSync(whole)
  } catch {
    return whole === '/' ? whole : posix.join(realPath(dirname(whole)), posix.basename(whole))
  }
}

/** `~` is this user's home, `~name` that of another user of the controller. */
function expandUser(path: string): string {
  const [, name, rest = ''] = /^~([^/]*)(.*)$/s.exec(path) ?? []
  if (name === undefined) return path
  if (name === '') return homedir() + rest
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find(one => one.startsWith(`${name}:`))
  return line === undefined ? path : (line.split(':')[5] ?? '') + rest
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
