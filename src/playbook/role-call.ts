import {basename} from 'node:path'
import type {Source} from '../errors.ts'
import type {Values} from '../module.ts'
import type {Role} from '../play.ts'
import {hasTemplate} from '../value.ts'
import {plain, type YamlEntry, type YamlNode} from '../yaml.ts'
import {checkTemplates} from './check-templates.ts'
import {checkKeywords, fieldsOf, flagOf, textOf, varsOf} from './fields.ts'
import {inherit} from './inherit.ts'
import {splitKeyValues} from './key-value.ts'
import {sharedKeywords} from './keywords.ts'
import {describe, type Fields, type Inherited, type Loading, report} from './loading.ts'

/** What stands in `roles:`, in dependencies, or behind import_role and include_role: which role, and what it is given. */
export type RoleCall = {
  readonly name: string
  readonly place: Source
  readonly inherited: Inherited
  /** The parts of the role that are taken: `main` unless tasks_from and its like say otherwise. */
  readonly from: {readonly [folder in 'tasks' | 'handlers' | 'vars' | 'defaults']: string}
  /** Values given beside the role's name: stronger than what tasks find out. */
  readonly params: Values
  /** `vars:` of an entry of `roles:`, which are weaker than the role's own. */
  readonly vars: Values
  /** The role whose tasks call it; not one that merely depends on it. */
  readonly caller: Role | undefined
  /** Whether the same call is done only once in a play. */
  readonly once: boolean
  /** Whether it is read while the play runs, perhaps many times. */
  readonly included?: boolean
  /** Whether the role's variables are there for all tasks after it. */
  readonly public?: boolean
}

const main = {tasks: 'main', handlers: 'main', vars: 'main', defaults: 'main'}

/** Reads an item of `roles:` or of a role's dependencies: a name, or a map with keywords and values for the role. */
export function readRoleItem(item: YamlNode, outer: Inherited, loading: Loading): RoleCall | undefined {
  if (item.kind === 'scalar' && typeof item.value === 'string')
    return called(item.value, item.source, loading, {
      inherited: outer,
      from: main,
      params: {},
      vars: {},
      caller: undefined,
      once: true,
    })
  if (item.kind !== 'map') {
    report(loading, item.source, `a role cannot be ${describe(item)}`, {expected: 'a name, or a map with role: NAME'})
    return undefined
  }
  checkTemplates(item, loading)
  const fields = fieldsOf(item)
  const entry = fields.get('role') ?? fields.get('name')
  if (!entry) report(loading, item.source, 'this role has no name', {expected: 'role: NAME'})
  const name = textOf(entry, loading)
  if (!entry || name === undefined) return undefined
  const own = [...fields].filter(([key]) => !isKeyword(key))
  return called(name, entry.value.source, loading, {
    inherited: inherit(outer, fields, loading, 'play'),
    from: main,
    params: Object.fromEntries(own.map(([key, {value}]) => [key, plain(value)])),
    vars: varsOf(fields.get('vars'), loading),
    caller: undefined,
    once: true,
  })
}

/** What import_role and include_role take. */
const roleArguments = [
  'name', 'role', 'tasks_from', 'vars_from', 'defaults_from', 'handlers_from', 'apply', 'public', 'allow_duplicates',
  'rolespec_validate',
] as const // biome-ignore format: a word list stays short

/** Reads the arguments of import_role or include_role; of include_role, the name may hold variables. */
export function readRoleArguments(entry: YamlEntry, inherited: Inherited, loading: Loading): RoleCall | undefined {
  const fields = argumentsOf(entry)
  checkKeywords(fields, roleArguments, entry.key, loading)
  const named = fields.get('name') ?? fields.get('role')
  if (!named) report(loading, entry.value.source, `"${entry.key}" needs the name of a role`, {expected: 'name: ROLE'})
  const name = textOf(named, loading)
  if (!named || name === undefined) return undefined
  const part = (folder: string) => textOf(fields.get(`${folder}_from`), loading) ?? 'main'
  return {
    name,
    place: named.value.source,
    inherited: applied(fields.get('apply'), inherited, loading),
    from: {tasks: part('tasks'), handlers: part('handlers'), vars: part('vars'), defaults: part('defaults')},
    params: {},
    vars: {},
    caller: inherited.role,
    once: flagOf(fields.get('allow_duplicates'), loading) === false,
    public: flagOf(fields.get('public'), loading) ?? false,
  }
}

/** `apply:` of an include: keywords for what is included. */
export function applied(entry: YamlEntry | undefined, inherited: Inherited, loading: Loading): Inherited {
  if (entry?.value.kind === 'map') {
    const fields = fieldsOf(entry.value)
    checkKeywords(fields, sharedKeywords, 'apply', loading)
    return inherit(inherited, fields, loading, 'entry')
  }
  if (entry) report(loading, entry.value.source, '"apply" needs a map', {expected: 'keywords such as tags'})
  return inherited
}

function argumentsOf(entry: YamlEntry): Fields {
  const {value} = entry
  if (value.kind === 'map') return fieldsOf(value)
  const text = value.kind === 'scalar' && value.value !== null ? String(value.value) : ''
  const {pairs} = splitKeyValues(text)
  return new Map(
    Object.entries(pairs).map(([key, word]) => [
      key,
      {
        key,
        source: entry.source,
        value: {kind: 'scalar', value: String(word), source: value.source, text: value.source, block: false},
      },
    ]),
  )
}

function called(name: string, place: Source, loading: Loading, more: Omit<RoleCall, 'name' | 'place'>) {
  if (!hasTemplate(name)) return {name, place, ...more}
  report(loading, place, `the role "${basename(name)}" is read before variables are known`, {
    expected: 'a name without variables, or include_role',
  })
  return undefined
}

function isKeyword(key: string): boolean {
  return key === 'role' || key === 'src' || key === 'version' || sharedKeywords.some(keyword => keyword === key)
}
