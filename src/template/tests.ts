import type {Value} from '../module.ts'
import {isList, isMap} from '../value.ts'
import {kindOf, list, map, text} from './arguments.ts'
import {fileTests} from './file-tests.ts'
import {type Filters, filter} from './filter.ts'
import {isTrue} from './printing.ts'
import {pythonRegex} from './regex.ts'
import {compareVersions} from './version.ts'

const regexParameters = ['pattern', 'ignorecase', 'multiline'] as const
const versionParameters = ['version', 'operator', 'strict', 'version_type']

/** Tests that are ours; minijinja has the rest of Jinja's. */
export const tests: Filters = {
  version: filter(versionParameters, (value, ...args) => version(value, ...args)),
  version_compare: filter(versionParameters, (value, ...args) => version(value, ...args)),
  match: filter([...regexParameters], (value, ...args) => matches(value, '^(?:', ')', ...args)),
  search: filter([...regexParameters], (value, ...args) => matches(value, '', '', ...args)),
  regex: filter([...regexParameters, 'match_type'], (value, ...args) => matches(value, '', '', ...args)),
  contains: filter(['item'], (value, item = null) => includes(value, item)),
  ...both(['subset', 'issubset'], (value, of) => list(value, 'subset').every(item => includes(of, item))),
  ...both(['superset', 'issuperset'], (value, of) => list(of, 'superset').every(item => includes(value, item))),
  ...both(['nan', 'isnan'], value => typeof value === 'number' && Number.isNaN(value)),
  ...both(['url', 'uri'], (value, schemes) => isUri(text(value, 'url'), schemes)),
  urn: filter([], value => /^urn:[a-z0-9][a-z0-9-]*:.+/i.test(text(value, 'urn'))),
  vault_encrypted: filter([], value => typeof value === 'string' && value.startsWith('$ANSIBLE_VAULT;')),
  sequence: filter([], value => typeof value === 'string' || (value !== null && typeof value === 'object')),
  all: filter([], value => list(value, 'all').every(isTrue)),
  any: filter([], value => list(value, 'any').some(isTrue)),
  truthy: filter(['convert_bool'], (value, convert) => truthy(value, convert)),
  falsy: filter(['convert_bool'], (value, convert) => !truthy(value, convert)),
  ...fileTests,
  ...results(['succeeded', 'success', 'successful'], result => !flag(result, 'failed')),
  ...results(['failed', 'failure'], result => flag(result, 'failed')),
  ...results(['changed', 'change'], result => flag(result, 'changed')),
  ...results(['skipped', 'skip'], result => flag(result, 'skipped')),
  ...results(['unreachable'], result => flag(result, 'unreachable')),
  ...results(['started'], result => flag(result, 'started', true)),
  ...results(['finished'], result => flag(result, 'finished', true)),
  ...results(['reachable'], result => !flag(result, 'unreachable')),
}

/** Tests of what a task registered, under each of their names. */
function results(names: readonly string[], holds: (result: Value) => boolean): Filters {
  return Object.fromEntries(names.map(name => [name, filter([], holds)]))
}

/** One test under each of its names. */
function both(names: readonly string[], holds: (value: Value, other: Value) => boolean): Filters {
  return Object.fromEntries(names.map(name => [name, filter(['other'], (value, other) => holds(value, other ?? null))]))
}

/** With convert_bool, words such as yes and off count as what they say. */
function truthy(value: Value, convert: Value | undefined): boolean {
  const word = typeof value === 'string' && isTrue(convert ?? null) ? value.toLowerCase() : undefined
  if (word !== undefined && ['no', 'off', 'n', 'f', 'false', '0', '0.0'].includes(word)) return false
  return isTrue(value)
}

function isUri(value: string, schemes: Value): boolean {
  const [, scheme = '', host] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]+)/i.exec(value) ?? []
  return host !== undefined && (schemes === null || includes(schemes, scheme.toLowerCase()))
}

function flag(result: Value, name: string, missing: Value = null): boolean {
  if (!isMap(result)) throw new Error(`a test such as "is ${name}" needs what a task registered, not ${kindOf(result)}`)
  return isTrue(map(result, name)[name] ?? missing)
}

function version(value: Value, ...[other, operator = '==', strict, kind]: readonly (Value | undefined)[]): boolean {
  const named = kind === undefined || kind === null ? undefined : text(kind, 'version')
  if (named !== undefined && isTrue(strict ?? null))
    throw new Error('version: "strict" and "version_type" are two words for one thing; give one')
  const type = named ?? (isTrue(strict ?? null) ? 'strict' : 'loose')
  return compareVersions(text(value, 'version'), text(other, 'version'), text(operator, 'version'), type)
}

function matches(
  value: Value,
  before: string,
  after: string,
  ...[pattern, ignoreCase, multiline]: readonly (Value | undefined)[]
): boolean {
  const source = before + text(pattern, 'a regular expression') + after
  return pythonRegex(source, isTrue(ignoreCase ?? null), isTrue(multiline ?? null)).test(
    text(value, 'a regular expression'),
  )
}

function includes(values: Value, item: Value): boolean {
  if (typeof values === 'string') return values.includes(text(item, 'contains'))
  if (isMap(values)) return Object.hasOwn(values, text(item, 'contains'))
  return isList(values) && values.some(value => JSON.stringify(value) === JSON.stringify(item))
}
