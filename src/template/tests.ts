import type {Value} from '../module.ts'
import {isList, isMap} from '../value.ts'
import {kindOf, list, map, text} from './arguments.ts'
import {type Filters, filter} from './filter.ts'
import {isTrue} from './printing.ts'
import {pythonRegex} from './regex.ts'
import {compareVersions} from './version.ts'

const regexParameters = ['pattern', 'ignorecase', 'multiline'] as const
const versionParameters = ['version', 'operator', 'strict', 'version_type']

/** Tests that are ours; minijinja has the rest of Jinja's. */
export const tests: Filters = {
  version: filter(versionParameters, (value, other, operator = '==') => version(value, other, operator)),
  version_compare: filter(versionParameters, (value, other, operator = '==') => version(value, other, operator)),
  match: filter([...regexParameters], (value, ...args) => matches(value, '^(?:', ')', ...args)),
  search: filter([...regexParameters], (value, ...args) => matches(value, '', '', ...args)),
  regex: filter([...regexParameters, 'match_type'], (value, ...args) => matches(value, '', '', ...args)),
  contains: filter(['item'], (value, item = null) => includes(value, item)),
  subset: filter(['of'], (value, of) => list(value, 'subset').every(item => includes(of ?? null, item))),
  superset: filter(['of'], (value, of) => list(of, 'superset').every(item => includes(value, item))),
  all: filter([], value => list(value, 'all').every(isTrue)),
  any: filter([], value => list(value, 'any').some(isTrue)),
  truthy: filter(['convert_bool'], value => isTrue(value)),
  falsy: filter(['convert_bool'], value => !isTrue(value)),
  abs: filter([], value => text(value, 'abs').startsWith('/')),
  ...results(['succeeded', 'success', 'successful'], result => !flag(result, 'failed')),
  ...results(['failed', 'failure'], result => flag(result, 'failed')),
  ...results(['changed', 'change'], result => flag(result, 'changed')),
  ...results(['skipped', 'skip'], result => flag(result, 'skipped')),
  ...results(['unreachable'], result => flag(result, 'unreachable')),
  ...results(['reachable'], result => !flag(result, 'unreachable')),
}

/** Tests of what a task registered, under each of their names. */
function results(names: readonly string[], holds: (result: Value) => boolean): Filters {
  return Object.fromEntries(names.map(name => [name, filter([], holds)]))
}

function flag(result: Value, name: string): boolean {
  if (!isMap(result)) throw new Error(`a test such as "is ${name}" needs what a task registered, not ${kindOf(result)}`)
  return isTrue(map(result, name)[name] ?? null)
}

function version(value: Value, other: Value | undefined, operator: Value): boolean {
  return compareVersions(text(value, 'version'), text(other, 'version'), text(operator, 'version'))
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
