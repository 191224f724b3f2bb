import type {Problem, Source} from '../errors.ts'
import type {Value, Values} from '../module.ts'
import {didYouMean} from '../nearest.ts'
import type {Inventory, Play, Task} from '../play.ts'
import type {Mention} from '../template/mentions.ts'
import {variablesOfExpression, variablesOfText} from '../template/syntax.ts'
import {positionOf} from '../template/template-error.ts'
import {hasTemplate} from '../value.ts'
import {hasInclude, tasksOf} from './walk.ts'

const magic = [
  'hostvars',
  'vars',
  'playbook_dir',
  'role_path',
  'role_name',
  'omit',
  'play_hosts',
  'role_names',
  'environment',
  'inventory_hostname',
  'groups',
  'group_names',
]

/** A variable that nothing defines, at the first place that mentions it. */
export type UndefinedVariable = Problem & {readonly name: string}

/** A template file that a task renders, as it was read. */
export type TemplateFile = {readonly file: string; readonly text: string}

/**
 * Finds variables that are mentioned and that nothing defines: no host, group, play, task, register or set_fact, and not `extra` (the
 * command line). Template files count as a part of their tasks. Each is told once, at its first place; one that is tested or has a default is none. From
 * the first play on that includes files at run time, or has a task of which `definedBy` does not know what it defines, none is judged.
 */
export function undefinedVariables(
  plays: readonly Play[],
  inventory: Inventory,
  extra: readonly string[] = [],
  templatesOf: (task: Task) => readonly TemplateFile[] = () => [],
  definedBy: (task: Task) => readonly string[] | undefined = () => [],
): readonly UndefinedVariable[] {
  const said = plays.flatMap(({vars, roleDefaults = {}, roleVars = {}}) => [roleDefaults, vars, roleVars])
  const values = [...inventory.hosts.map(host => host.vars), ...said]
  const common = new Set([
    ...magic,
    ...extra,
    ...values.flatMap(Object.keys),
    ...plays.flatMap(play => learned(play, definedBy)),
  ])
  const problems = new Map<string, UndefinedVariable>()
  const unknown = plays.findIndex(
    play => hasInclude(play.entries) || all(play).some(task => definedBy(task) === undefined),
  )
  for (const play of unknown < 0 ? plays : plays.slice(0, unknown)) {
    for (const task of all(play)) judge([task, templatesOf(task)], common, values, problems)
  }
  return [...problems.values()]
}

/** Names that the tasks of a play define for what comes after them. */
function learned(play: Play, definedBy: (task: Task) => readonly string[] | undefined): readonly string[] {
  return all(play).flatMap(task => [
    ...(task.register === undefined ? [] : [task.register]),
    ...(definedBy(task) ?? []),
  ])
}

function all({entries, handlers}: Play): readonly Task[] {
  return tasksOf([...entries, ...handlers])
}

function judge(
  [task, templates]: readonly [Task, readonly TemplateFile[]],
  common: ReadonlySet<string>,
  values: readonly Values[],
  problems: Map<string, UndefinedVariable>,
): void {
  const used = [...usesOf(task), ...templates.flatMap(usesOfFile)]
  const tested = new Set(used.filter(use => use.mention.guarded).map(use => use.mention.root))
  const {defaults = {}, vars = {}, params = {}} = task.role ?? {}
  const own = [defaults, vars, task.vars, params]
  const known = new Set([
    ...common,
    ...own.flatMap(Object.keys),
    task.loopVar,
    ...(task.indexVar === undefined ? [] : [task.indexVar]),
    ...tested,
  ])
  for (const {mention, source} of used) {
    for (const [name, by] of missing(mention.root, undefined, known, [...values, ...own], new Set())) {
      if (!problems.has(name)) problems.set(name, problem(name, by, source, known))
    }
  }
}

function problem(name: string, by: string | undefined, source: Source, known: ReadonlySet<string>): UndefinedVariable {
  const suggestion = didYouMean(name, known)
  const message = by === undefined ? `"${name}" is not defined` : `"${name}" is not defined; "${by}" is made of it`
  return {
    name,
    source,
    message,
    expected: `"${name}" in the inventory, or -e ${name}=VALUE`,
    ...(suggestion && {suggestion}),
  }
}

type Missing = readonly [name: string, by: string | undefined]

/** Follows a variable through the variables that its value mentions. */
function missing(
  name: string,
  by: string | undefined,
  known: ReadonlySet<string>,
  values: readonly Values[],
  seen: Set<string>,
): readonly Missing[] {
  if (seen.has(name) || name.startsWith('ansible_')) return []
  seen.add(name)
  if (!known.has(name)) return [[name, by]]
  const written = values.flatMap(layer => (Object.hasOwn(layer, name) ? [layer[name] ?? null] : []))
  const below = written.flatMap(value => mentionsOf(value)).filter(unlessTested)
  return below.flatMap(mention => missing(mention.root, name, known, values, seen))
}

/** A name that is tested once in a text may be missing in all of it. */
function unlessTested(mention: Mention, _: number, all: readonly Mention[]): boolean {
  return !all.some(other => other.guarded && other.root === mention.root)
}

type Use = {readonly mention: Mention; readonly source: Source}

function usesOf(task: Task): readonly Use[] {
  const conditions = {when: task.when, changed_when: task.changedWhen, failed_when: task.failedWhen, until: task.until}
  const values = {
    loop: task.loop ?? null,
    environment: task.environment,
    ...task.undecided,
    delegate_to: task.delegateTo ?? null,
    name: task.name ?? null,
    vars: task.vars,
  }
  return [
    ...Object.entries(conditions).flatMap(([keyword, expressions = []]) =>
      expressions.flatMap((text, index) =>
        usesOfCondition(text, expressions.length > 1 ? [keyword, index] : [keyword], task),
      ),
    ),
    ...[...Object.entries(task.args), ...Object.entries(values)].flatMap(([name, value]) =>
      usesIn(value, [name], task),
    ),
  ]
}

type Path = readonly (string | number)[]

function usesOfCondition(text: string, path: Path, task: Task): readonly Use[] {
  if (hasTemplate(text)) return usesIn(text, path, task)
  return variablesOfExpression(text).map(mention => ({
    mention,
    source: task.locate(path, {text, offset: mention.start}),
  }))
}

function usesIn(value: Value, path: Path, task: Task): readonly Use[] {
  if (typeof value === 'string')
    return mentionsOf(value).map(mention => ({
      mention,
      source: task.locate(path, {text: value, offset: mention.start}),
    }))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) => usesIn(part, [...path, key], task))
}

function usesOfFile({file, text}: TemplateFile): readonly Use[] {
  return variablesOfText(text).map(mention => ({mention, source: {file, ...positionOf(text, mention.start)}}))
}

function mentionsOf(value: Value): readonly Mention[] {
  if (typeof value === 'string') return hasTemplate(value) ? variablesOfText(value) : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(mentionsOf) : []
}
