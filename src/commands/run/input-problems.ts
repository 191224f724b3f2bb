import {basename, dirname, join, parse, sep} from 'node:path'
import {type Mismatch, mismatchesOf} from '../../argument-spec/mismatch.ts'
import {mismatchInWords} from '../../argument-spec/mismatch-in-words.ts'
import {isSecret, type Options} from '../../argument-spec/option.ts'
import {placeOfOption, readDeclared} from '../../argument-spec/read-declared.ts'
import type {Declared} from '../../argument-spec/read-options.ts'
import type {Problem, Source} from '../../errors.ts'
import {placeOfHost} from '../../inventory/host-place.ts'
import type {LoadedInventory} from '../../inventory/inventory.ts'
import {type Variable, valuesOf} from '../../inventory/variable.ts'
import type {Value, Values} from '../../module.ts'
import {fewestEdits} from '../../nearest.ts'
import type {Host, Play} from '../../play.ts'
import {tasksOf} from '../../playbook/walk.ts'
import {hasTemplate} from '../../value.ts'
import {placeWithin} from './place-within.ts'

/** What is looked at: a playbook, the hosts of its plays, what the command line says, and what else is known or used by name. */
export type GivenInputs = {
  readonly playbook: string
  readonly hosts: readonly Host[]
  readonly inventory: LoadedInventory
  readonly extra: Values
  readonly plays: readonly Play[]
}

/** Finds inputs that hosts lack, that are not as declared, or whose names are misspelt; templates are not judged. */
export async function inputProblems(given: GivenInputs): Promise<readonly Problem[]> {
  const folder = dirname(given.playbook)
  const declared = await readDeclared(folder, parse(basename(given.playbook)).name)
  if (!declared) return []
  const isUsed = usedNames(given.plays)
  const problems = new Map<string, Problem>()
  const lacking = new Map<string, Host[]>()
  for (const host of given.hosts) {
    const own = ownVariables(host, folder, given)
    const judged = {own, declared, extra: given.extra}
    const misspelt = misspeltOnes(own, declared, isUsed)
    const wrong = await Promise.all(mismatches(own, declared.options, given).map(one => told(one, host, judged)))
    for (const problem of [...misspelt.values(), ...wrong]) problems.set(JSON.stringify(problem), problem)
    for (const name of missing(own, declared.options, given))
      if (!misspelt.has(name)) lacking.set(name, [...(lacking.get(name) ?? []), host])
  }
  const lacks = [...lacking].map(([name, hosts]) => lack(name, hosts, declared.options[name]?.example ?? '…'))
  return [...lacks, ...problems.values()]
}

/** The names that a run will give: inputs that are required, whose lack is told otherwise, and that are generated. */
export async function promisedInputs(playbook: string): Promise<readonly string[]> {
  const declared = await readDeclared(dirname(playbook), parse(basename(playbook)).name)
  const entries = Object.entries(declared?.options ?? {})
  return entries.filter(([, {required, generate}]) => required || generate).map(([name]) => name)
}

/** What inventory and folders beside it and beside the playbook say of a host, without what the playbook falls back on. */
function ownVariables(host: Host, folder: string, {inventory}: GivenInputs): readonly Variable[] {
  const fallbacks = ['meta', 'defaults'].map(name => join(folder, name) + sep)
  const said = inventory.said.get(host.name) ?? []
  return said.filter(({source}) => !fallbacks.some(start => source.file.startsWith(start)))
}

function mismatches(own: readonly Variable[], options: Options, {extra}: GivenInputs): readonly Mismatch[] {
  const values = {...valuesOf(own), ...extra}
  const all = mismatchesOf(options, values)
  return all.filter(({kind, path, value}) => !(kind === 'missing' && path.length === 1) && !hasTemplate(value))
}

function missing(own: readonly Variable[], options: Options, {extra, plays}: GivenInputs): readonly string[] {
  const values = Object.assign({}, valuesOf(own), ...plays.map(play => ({...play.roleVars, ...play.vars})), extra)
  // What such files define is known when their names are, which may depend on facts.
  if (plays.some(({varsFiles = []}) => varsFiles.length > 0)) return []
  const isThere = (name: string) => values[name] !== undefined && values[name] !== null
  return Object.keys(options).filter(name => options[name]?.required && !isThere(name))
}

/** Variables that nothing uses and that differ from an input by two letters at the most, by that input's name. */
function misspeltOnes(
  own: readonly Variable[],
  {options}: Declared,
  isMentioned: (name: string) => boolean,
): ReadonlyMap<string, Problem> {
  const templates = JSON.stringify(own.map(({value}) => value).filter(hasTemplate))
  const isUsed = (name: string) =>
    name.startsWith('ansible_') || isMentioned(name) || new RegExp(`\\b${name}\\b`).test(templates)
  const strange = own.filter(({name}) => !Object.hasOwn(options, name) && /^\w+$/.test(name) && !isUsed(name))
  const known = Object.keys(options)
  return new Map(
    strange.flatMap(({name, source}) => {
      const near = fewestEdits(name, known, 2)
      if (near === undefined) return []
      const message = `there is no input "${name}", and nothing uses such a variable`
      return [[near, {source, message, suggestion: `Did you mean "${near}"?`}] as const]
    }),
  )
}

/** Whether what plays say has a word. */
function usedNames(plays: readonly Play[]): (name: string) => boolean {
  const tasks = plays.flatMap(({entries, handlers}) => tasksOf([...entries, ...handlers]))
  const said = tasks.map(({args, vars, when, loop, register, environment}) => [
    args,
    vars,
    when,
    loop,
    register,
    environment,
  ])
  const text = JSON.stringify([said, plays.map(({vars, roleVars, roleDefaults}) => [vars, roleVars, roleDefaults])])
  return name => new RegExp(`\\b${name}\\b`).test(text)
}

function lack(name: string, [first, ...others]: readonly Host[], example: Value): Problem {
  const value = typeof example === 'string' ? example : JSON.stringify(example)
  const who = others.length === 0 ? `${first?.name} lacks` : `${first?.name} and ${others.length} more lack`
  return {
    source: placeOfHost(first),
    message: `${who} the input "${name}"`,
    expected: `${name}: ${value} (for example) beside the host or in vars of its group, or -e ${name}=${value}`,
  }
}

/** What is said of a host, what should be, and what the command line says. */
type Judged = {readonly own: readonly Variable[]; readonly declared: Declared; readonly extra: Values}

async function told(mismatch: Mismatch, host: Host, {own, declared, extra}: Judged): Promise<Problem> {
  const [name = '', ...path] = mismatch.path
  const variable = Object.hasOwn(extra, name) ? undefined : own.findLast(one => one.name === name)
  const secret = isSecret(declared.options[name] ?? {}) || isSecret(mismatch.option) || variable?.sealed === true
  const of = mismatch.kind === 'unknown' ? 'key' : 'value'
  const {message, ...words} = mismatchInWords(mismatch, secret)
  return {
    ...words,
    message: variable ? message : `-e: ${message}`,
    source: variable ? await placeWithin(variable, path, of) : placeOfExtra(String(name), host, declared),
    ...(secret && {secret}),
  }
}

/** What the command line says has no place of its own; where it is declared tells most. */
function placeOfExtra(name: string, host: Host, declared: Declared): Source {
  return declared.places.has(name) ? placeOfOption(declared, name) : placeOfHost(host)
}
