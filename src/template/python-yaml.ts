import type {Value, Values} from '../module.ts'
import {isList, isMap} from './printing.ts'

/** How YAML is laid out. With flowLeaves, lists and maps of plain values stand on one line. */
export type YamlStyle = {readonly indent: number; readonly sortKeys: boolean; readonly flowLeaves: boolean}

/** Writes YAML as PyYAML does, which is what people compare with. */
export function toYaml(value: Value, style: YamlStyle): string {
  if (!isNested(value) || isFlow(value, style)) return `${inline(value, style)}\n`
  return `${block(value, style, 0)}\n`
}

function block(value: Value, style: YamlStyle, margin: number): string {
  const pad = ' '.repeat(margin)
  if (isList(value))
    return value.map(item => `${pad}-${' '.repeat(style.indent - 1)}${inItem(item, style, margin)}`).join('\n')
  return isMap(value)
    ? entries(value, style)
        .map(([key, item]) => pad + entry(key, item, style, margin))
        .join('\n')
    : ''
}

function inItem(item: Value, style: YamlStyle, margin: number): string {
  return isNested(item) && !isFlow(item, style)
    ? block(item, style, margin + style.indent).trimStart()
    : inline(item, style)
}

function entry(key: string, item: Value, style: YamlStyle, margin: number): string {
  if (typeof item === 'string' && item.includes('\n')) return `${scalar(key)}: ${JSON.stringify(item)}`
  if (!isNested(item) || isFlow(item, style)) return `${scalar(key)}: ${inline(item, style)}`
  return `${scalar(key)}:\n${block(item, style, isList(item) ? margin : margin + style.indent)}`
}

function inline(value: Value, style: YamlStyle): string {
  if (isList(value)) return `[${value.map(item => inline(item, style)).join(', ')}]`
  if (isMap(value))
    return `{${entries(value, style)
      .map(([key, item]) => `${scalar(key)}: ${inline(item, style)}`)
      .join(', ')}}`
  return typeof value === 'string' ? scalar(value) : value === null ? 'null' : String(value)
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

const special =
  /^$|^[\s\-?:,[\]{}#&*!|>'"%@`]|: |:$| #|\s$|^(?:true|false|yes|no|on|off|null|~|y|n|[-+]?[\d.][\d_.:eE+-]*|0x[\da-f]+)$/i

function scalar(text: string): string {
  if (/[\n\t\\]/.test(text)) return JSON.stringify(text)
  const plain = !special.test(text) || /^-[^\s-]/.test(text)
  return plain ? text : `'${text.replaceAll("'", "''")}'`
}
