import type {Value} from '../../module.ts'
import {text} from '../arguments.ts'
import {type Filters, filter} from '../filter.ts'
import {isTrue} from '../printing.ts'
import {pythonRegex, pythonReplacement} from '../regex.ts'

const flags = ['ignorecase', 'multiline'] as const

/** Filters with regular expressions. */
export const regexes: Filters = {
  regex_replace: filter(['pattern', 'replacement', ...flags, 'count'], (value, pattern, replacement, i, m, count) =>
    replaced(
      text(value, 'regex_replace'),
      regex(pattern, i, m),
      pythonReplacement(text(replacement ?? '', 'regex_replace')),
      Number(count ?? 0),
    ),
  ),
  regex_search: filter(['pattern', 'group', 'second', ...flags], (value, pattern, group, second, i, m) => {
    const match = regex(pattern, i, m).exec(text(value, 'regex_search'))
    if (!match) return null
    const groups = [group, second]
      .filter(name => name !== undefined)
      .map(name => groupOf(match, text(name, 'regex_search')))
    return groups.length > 0 ? groups : match[0]
  }),
  regex_findall: filter(['pattern', 'multiline', 'ignorecase'], (value, pattern, m, i) =>
    [...text(value, 'regex_findall').matchAll(everywhere(regex(pattern, i, m)))].map(found),
  ),
  regex_escape: filter(['re_type'], (value, kind = 'python') =>
    text(value, 'regex_escape').replace(kind === 'posix_basic' ? /[[\].^$*\\]/g : /[.*+?^${}()|[\]\\&~#\s-]/g, '\\$&'),
  ),
}

function regex(pattern: Value | undefined, ignoreCase: Value | undefined, multiline: Value | undefined): RegExp {
  return pythonRegex(text(pattern, 'a regular expression'), isTrue(ignoreCase ?? null), isTrue(multiline ?? null))
}

function replaced(value: string, pattern: RegExp, replacement: string, count: number): string {
  if (count === 0) return value.replace(new RegExp(pattern, `${pattern.flags}g`), replacement)
  let left = count
  return value.replace(new RegExp(pattern, `${pattern.flags}g`), match =>
    left-- > 0 ? match.replace(pattern, replacement) : match,
  )
}

function everywhere(pattern: RegExp): RegExp {
  return new RegExp(pattern, `${pattern.flags}g`)
}

function groupOf(match: RegExpExecArray, name: string): Value {
  const number = /^\\(\d+)$/.exec(name)?.[1]
  return (number ? match[Number(number)] : match.groups?.[/^\\g<(\w+)>$/.exec(name)?.[1] ?? '']) ?? null
}

function found(match: RegExpExecArray): Value {
  if (match.length === 1) return match[0]
  return match.length === 2 ? (match[1] ?? '') : match.slice(1).map(group => group ?? '')
}
