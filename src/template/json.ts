import type {Value} from '../module.ts'
import {isList, isMap} from '../value.ts'

/** How JSON is laid out; indent 0 means one line. */
export type JsonStyle = {
  readonly indent: number
  readonly sortKeys: boolean
  readonly ascii: boolean
  readonly comma?: string
  readonly colon?: string
}

/** Writes JSON as Python's json.dumps does: a space after commas and colons, other letters than ASCII escaped. */
export function toJson(value: Value, style: JsonStyle): string {
  const json = write(value, style, 1)
  return style.ascii ? json.replace(/[\u007f-\uffff]/g, escaped) : json
}

function write(value: Value, style: JsonStyle, depth: number): string {
  if (isList(value))
    return enclosed(
      '[',
      ']',
      value.map(item => write(item, style, depth + 1)),
      style,
      depth,
    )
  if (!isMap(value)) return JSON.stringify(value)
  const keys = style.sortKeys ? Object.keys(value).toSorted() : Object.keys(value)
  const entries = keys.map(
    key => `${JSON.stringify(key)}${style.colon ?? ': '}${write(value[key] ?? null, style, depth + 1)}`,
  )
  return enclosed('{', '}', entries, style, depth)
}

function enclosed(
  open: string,
  close: string,
  items: readonly string[],
  {indent, comma = ', '}: JsonStyle,
  depth: number,
): string {
  if (items.length === 0 || indent === 0) return open + items.join(comma) + close
  const margin = `\n${' '.repeat(indent * depth)}`
  return `${open + margin + items.join(`${comma.trimEnd()}${margin}`)}\n${' '.repeat(indent * (depth - 1))}${close}`
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
