import type {Value, Values} from '../module.ts'
import {isList, isMap} from '../value.ts'

/** How YAML is laid out. With flowLeaves, lists and maps of plain values stand on one line. */
export type YamlStyle = {readonly indent: number; readonly sortKeys: boolean; readonly flowLeaves: boolean}

/** Writes YAML as PyYAML does, which is what people compare with. */
export function toYaml(value: Value, style: YamlStyle): string {
  if (!isNested(value) || isFlow(value, style)) return `${inline(value, style, style.indent)}\n`
  return `${block(value, style, 0)}\n`
}

function block(value: Value, style: YamlStyle, margin: number): string {
  const pad = ' '.repeat(margin)
  if (isList(value)) return value.map(item => `${pad}-${itemOf(item, style, margin)}`).join('\n')
  return isMap(value)
    ? entries(value, style)
        .map(([key, item]) => pad + entry(key, item, style, margin))
        .join('\n')
    : ''
}

/** A list or map within a list begins in the column that the indent asks for; a plain value follows after one space. */
function itemOf(item: Value, style: YamlStyle, margin: number): string {
  if (!isNested(item) || isFlow(item, style)) return ` ${inline(item, style, margin + style.indent)}`
  return ' '.repeat(style.indent - 1) + block(item, style, margin + style.indent).trimStart()
}

function entry(key: string, item: Value, style: YamlStyle, margin: number): string {
  if (!isNested(item) || isFlow(item, style))
    return `${scalar(key, margin)}: ${inline(item, style, margin + style.indent)}`
  return `${scalar(key, margin)}:\n${block(item, style, isList(item) ? margin : margin + style.indent)}`
}

function inline(value: Value, style: YamlStyle, margin: number): string {
  if (isList(value)) return `[${value.map(item => inline(item, style, margin)).join(', ')}]`
  if (isMap(value)) {
    return `{${entries(value, style)
      .map(([key, item]) => `${scalar(key, margin)}: ${inline(item, style, margin)}`)
      .join(', ')}}`
  }
  return typeof value === 'string' ? scalar(value, margin) : value === null ? 'null' : String(value)
}

function entries(value: Values, {sortKeys}: YamlStyle): readonly [string, Value][] {
  const all = Object.entries(value)
  return sortKeys ? all.toSorted(([left], [right]) => (left < right ? -1 : 1)) : all
}

function isNested(value: Value): boolean {
  return (isList(value) && value.length > 0) || (isMap(value) && Object.keys(value).length > 0)
}

function isFlow(value: Value, {flowLeaves}: YamlStyle): boolean {
  const items = isList(value) ? value : isMap(value) ? Object.values(value) : []
  return flowLeaves && items.every(item => item === null || typeof item !== 'object')
}

/** Words that would be read as something else than text. */
const meaningful =
  /^(?:|~|null|true|false|yes|no|on|off|=|<<|[-+]?0b[01_]+|[-+]?0x[\da-f_]+|[-+]?\d[\d_]*(?:\.[\d_]*)?(?:e[-+]\d+)?|[-+]?\.\d[\d_]*(?:e[-+]\d+)?|[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?|[-+]?\.inf|\.nan|\d{4}-\d\d?-\d\d?(?:[Tt ].*)?)$/i

/** Signs that a plain text must not begin with, or hold. */
const signs = /^[\s,[\]{}#&*!|>'"%@`]|^[-?:](?:\s|$)|: |:$| #|\s$|^(?:---|\.\.\.)/

function scalar(text: string, margin: number): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what makes double quotes necessary
  if (/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/.test(text)) return JSON.stringify(text)
  if (!text.includes('\n')) return meaningful.test(text) || signs.test(text) ? `'${text.replaceAll("'", "''")}'` : text
  return `'${text.replaceAll("'", "''").replace(/\n+/g, breaks => `\n${breaks}${' '.repeat(margin)}`)}'`
}
