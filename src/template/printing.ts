import type {Value} from '../module.ts'
import {isList, isMap} from '../value.ts'

/** Writes a value into text as Ansible does: True and False, nothing for none, lists and maps as Python shows them. */
export function print(value: Value): string {
  if (value === null) return ''
  return typeof value === 'string' ? value : pythonRepr(value)
}

/** Writes a value as Python's repr() does. */
export function pythonRepr(value: Value): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return quoted(value)
  if (isList(value)) return `[${value.map(pythonRepr).join(', ')}]`
  return `{${Object.entries(value)
    .map(([key, item]) => `${quoted(key)}: ${pythonRepr(item)}`)
    .join(', ')}}`
}

/** What counts as true in a condition. */
export function isTrue(value: Value): boolean {
  if (isList(value)) return value.length > 0
  return isMap(value) ? Object.keys(value).length > 0 : Boolean(value)
}

function quoted(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'"
  const escaped = text.replace(
    /[\\\n\r\t]/g,
    found => ({'\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t'})[found] ?? '',
  )
  return mark + (mark === "'" ? escaped.replaceAll("'", "\\'") : escaped) + mark
}
