import type {z} from 'zod'
import type {Module, Value} from '../module.ts'
import {didYouMean} from '../nearest.ts'
import {aboutArgument} from './argument-names.ts'

/** What a person reads instead of a schema's message. */
export type Words = {
  readonly message: string
  readonly expected?: string | undefined
  readonly suggestion?: string | undefined
}

/** Says in plain words what is wrong with an argument: what was found and what was expected. */
export function inPlainWords(
  issue: z.core.$ZodIssue,
  value: Value | undefined,
  path: readonly (string | number)[],
  module: Module,
): Words {
  const name = path.join('.')
  if (path.length === 0) return {message: `${module.name}: ${issue.message}`}
  if (value === undefined)
    return {message: `"${module.name}" needs the argument "${name}"`, expected: missing(module, name, issue)}
  if (issue.code === 'custom') return {message: `"${name}" ${issue.message}`}
  return {message: `"${name}" cannot be ${found(value)}`, expected: expectedOf(issue), suggestion: meant(value, issue)}
}

/** What the reference says of an argument, or what kind of value it takes. */
function missing(module: Module, name: string, issue: z.core.$ZodIssue): string | undefined {
  const about = aboutArgument(module, name)
  return about ? `${name}: ${about}` : expectedOf(issue)
}

/** Words that people write for the choices of modules. */
const synonyms: {readonly [word: string]: string} = {
  installed: 'present',
  created: 'present',
  enabled: 'present',
  removed: 'absent',
  uninstalled: 'absent',
  deleted: 'absent',
  running: 'started',
  start: 'started',
  stop: 'stopped',
  restart: 'restarted',
  reload: 'reloaded',
  upgraded: 'latest',
  dir: 'directory',
  folder: 'directory',
  symlink: 'link',
}

/** The choice that somebody most likely meant. */
function meant(value: Value, issue: z.core.$ZodIssue): string | undefined {
  if (issue.code !== 'invalid_value' || typeof value !== 'string') return undefined
  const choices = issue.values.map(String)
  const near = didYouMean(value, choices)
  if (near !== undefined) return near
  const words = Object.entries(synonyms).filter(([, choice]) => choices.includes(choice))
  const word =
    words.find(([synonym]) => synonym === value)?.[0] ??
    /"(.*)"/.exec(
      didYouMean(
        value,
        words.map(([synonym]) => synonym),
      ) ?? '',
    )?.[1]
  return word === undefined ? undefined : `Did you mean "${synonyms[word]}"?`
}

function expectedOf(issue: z.core.$ZodIssue): string | undefined {
  if (issue.code === 'invalid_type') return kinds[issue.expected] ?? issue.expected
  if (issue.code === 'invalid_value') return choices(issue.values.map(String))
  if (issue.code === 'too_small')
    return issue.message.startsWith('Too small') ? `at least ${issue.minimum}${unit(issue.origin)}` : issue.message
  if (issue.code === 'too_big')
    return issue.message.startsWith('Too big') ? `at most ${issue.maximum}${unit(issue.origin)}` : issue.message
  if (issue.code === 'invalid_union') return unionOf(issue)
  return issue.message.startsWith('Invalid') ? undefined : issue.message
}

/** What the branches of a union ask for, without saying anything twice. */
function unionOf(issue: z.core.$ZodIssueInvalidUnion): string | undefined {
  // A branch that has nothing against the value but what its author says is the one that was meant.
  const own = issue.errors.find(branch => branch.every(inner => inner.code === 'custom'))
  if (own) return own.map(inner => inner.message).join(' and ')
  const asked = issue.errors.flatMap(branch =>
    branch.map(inner => (inner.path.length === 0 ? expectedOf(inner) : undefined)),
  )
  const words = [...new Set(asked.flatMap(word => (word === undefined ? [] : [word.replace(/^must be /, '')])))]
  const simple = words.filter(word => !/^(?:yes|0) or|^one of (?:yes|0|1)/.test(word) && !isIncluded(word, words))
  return (simple.length > 0 ? simple : words).join(' or ') || undefined
}

/** Where text is taken, numbers and truth values are too; a whole number is a number. */
function isIncluded(word: string, words: readonly string[]): boolean {
  if (words.includes('text')) return word === 'a number' || word === 'true or false'
  return word === 'a number' && words.includes('a whole number')
}

function choices(values: readonly string[]): string {
  return values.length === 1 ? String(values[0]) : `one of ${values.join(', ')}`
}

function unit(origin: string): string {
  if (origin === 'string') return ' characters'
  return origin === 'array' ? ' items' : ''
}

const kinds: {readonly [type: string]: string} = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
}

function found(value: Value): string {
  if (value === null) return 'empty'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a map'
  return typeof value === 'string' ? `"${value.length > 60 ? `${value.slice(0, 60)}...` : value}"` : String(value)
}
