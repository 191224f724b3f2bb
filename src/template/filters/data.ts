import type {Value} from '../../module.ts'
import {isList, isMap} from '../../value.ts'
import {parseYamlValue} from '../../yaml.ts'
import {text} from '../arguments.ts'
import {type Filters, filter} from '../filter.ts'
import {toJson} from '../json.ts'
import {isTrue} from '../printing.ts'
import {toYaml} from '../python-yaml.ts'

const jsonParameters = ['indent', 'sort_keys', 'ensure_ascii', 'separators'] as const

/** Filters between values and their written forms. */
export const data: Filters = {
  to_json: filter(jsonParameters, (value, indent, sortKeys, ascii, separators) =>
    toJson(value, {
      indent: Number(indent ?? 0),
      sortKeys: isTrue(sortKeys ?? null),
      ascii: ascii !== false,
      ...separatorsOf(separators),
    }),
  ),
  to_nice_json: filter(jsonParameters, (value, indent, sortKeys, ascii) =>
    toJson(value, {indent: Number(indent ?? 4), sortKeys: sortKeys !== false, ascii: ascii !== false}),
  ),
  tojson: filter(['indent'], (value, indent) =>
    toJson(value, {indent: Number(indent ?? 0), sortKeys: true, ascii: true}),
  ),
  from_json: filter([], value => fromJson(text(value, 'from_json'))),
  to_yaml: filter(['indent', 'sort_keys', 'width'], (value, indent, sortKeys) =>
    toYaml(value, {indent: Number(indent ?? 2), sortKeys: sortKeys !== false, flowLeaves: true}),
  ),
  to_nice_yaml: filter(['indent', 'sort_keys', 'width'], (value, indent, sortKeys) =>
    toYaml(value, {indent: Number(indent ?? 4), sortKeys: sortKeys !== false, flowLeaves: false}),
  ),
  from_yaml: filter([], value => parseYamlValue(text(value, 'from_yaml'))),
  from_yaml_all: filter([], value =>
    text(value, 'from_yaml_all')
      .split(/^---(?=\s|$)/m)
      .filter((part, index) => index > 0 || part.trim() !== '')
      .map(parseYamlValue),
  ),
  type_debug: filter([], typeName),
}

function separatorsOf(separators: Value | undefined): {readonly comma?: string; readonly colon?: string} {
  if (separators === undefined || !isList(separators)) return {}
  const [comma = ', ', colon = ': '] = separators.map(String)
  return {comma, colon}
}

function fromJson(source: string): Value {
  try {
    return JSON.parse(source)
  } catch {
    throw new Error('from_json: this is not JSON')
  }
}

function typeName(value: Value): Value {
  if (value === null) return 'NoneType'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  if (isList(value)) return 'list'
  return isMap(value) ? 'dict' : typeof value === 'boolean' ? 'bool' : 'str'
}
