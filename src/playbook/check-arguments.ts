import type {z} from 'zod'
import type {Source} from '../errors.ts'
import type {Module, Value, Values} from '../module.ts'
import {didYouMean} from '../nearest.ts'
import {hasTemplate} from '../value.ts'
import {argumentNames} from './argument-names.ts'
import {isTaskKeyword} from './keywords.ts'
import {type Loading, report} from './loading.ts'
import {inPlainWords} from './plain-words.ts'

/** Arguments that many modules of Ansible take and none of ours does, with what to do instead. */
const refusedByAll: {readonly [argument: string]: string} = {
  attributes: 'use command with chattr',
  attr: 'use command with chattr',
  selevel: 'use command with chcon',
  serole: 'use command with chcon',
  setype: 'use command with chcon',
  seuser: 'use command with chcon',
  unsafe_writes: 'leave it out: files are always replaced whole',
  use_gssapi: 'use another way to log in',
}

type Path = readonly (string | number)[]

/** Where an argument's value stands, or its name. */
type Locate = (path: Path, of?: 'key' | 'value') => Source

/**
 * Reports what a module's schema says against arguments; values with variables are checked when they are known. Of `some` arguments,
 * nothing is said of those that are missing.
 */
export function checkArguments(
  module: Module,
  args: Values,
  locate: Locate,
  loading: Loading,
  of: 'all' | 'some' = 'all',
): void {
  const checked = module.schema.safeParse(args)
  if (module.kind === 'host' && module.source && args.src !== undefined && args.content !== undefined)
    report(loading, locate(['content'], 'key'), '"src" and "content" exclude each other', {expected: 'one of them'})
  const isTold = ({code, path}: z.core.$ZodIssue) =>
    of === 'all' || code === 'unrecognized_keys' || Object.hasOwn(args, path[0] ?? '')
  for (const issue of checked.error?.issues.filter(isTold) ?? []) tell(issue, module, args, locate, loading)
}

function tell(issue: z.core.$ZodIssue, module: Module, args: Values, locate: Locate, loading: Loading): void {
  const path = issue.path.map(step => (typeof step === 'symbol' ? String(step) : step))
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) unknownArgument(key, path, module, locate, loading)
    return
  }
  const value = at(args, path)
  if (hasTemplate(value) || (path.length > 0 && hasTemplateAbove(args, path))) return
  const {message, ...more} = inPlainWords(issue, value, path, module)
  report(loading, locate(path), message, more)
}

function unknownArgument(key: string, path: Path, module: Module, locate: Locate, loading: Loading): void {
  const what = path.length === 0 ? `"${module.name}"` : `"${path.join('.')}" of ${module.name}`
  const instead = path.length === 0 ? (module.refused?.[key] ?? refusedByAll[key]) : undefined
  if (instead) return report(loading, locate([...path, key], 'key'), `${what} does not take "${key}" yet: ${instead}`)
  const suggestion = path.length === 0 ? didYouMean(key, argumentNames(module)) : undefined
  const expected =
    isTaskKeyword(key) && key !== 'name'
      ? `"${key}" is a keyword of the task: it stands as far left as "${module.name}"`
      : undefined
  report(loading, locate([...path, key], 'key'), `${what} has no argument "${key}"`, {expected, suggestion})
}

function at(value: Value, path: Path): Value | undefined {
  return path.reduce<Value | undefined>((item, step) => {
    if (item === null || typeof item !== 'object') return undefined
    return Object.entries(item).find(([key]) => key === String(step))?.[1]
  }, value)
}

/** A map or list that is a template as a whole has no parts yet. */
function hasTemplateAbove(args: Values, path: Path): boolean {
  return path.some(
    (_, length) =>
      typeof at(args, path.slice(0, length + 1)) === 'string' && hasTemplate(at(args, path.slice(0, length + 1))),
  )
}
