import {existsSync} from 'node:fs'
import {basename, dirname, join, resolve} from 'node:path'
import {ConfigError, type Source} from '../errors.ts'
import type {Entry, Include, Included} from '../play.ts'
import {hasTemplate} from '../value.ts'
import type {YamlEntry, YamlMap} from '../yaml.ts'
import {checkKeywords, fieldsOf, textOf, varsOf} from './fields.ts'
import {inherit} from './inherit.ts'
import {sharedKeywords} from './keywords.ts'
import {describe, type Fields, type Inherited, type Loading, nothingBrought, report} from './loading.ts'
import {loopWords, readLoop} from './loop.ts'
import {readYaml} from './read-yaml.ts'
import {type ReadItems, readRole} from './role.ts'
import {applied, type RoleCall, readRoleArguments} from './role-call.ts'

/** Reads import_tasks or import_role: what it names takes its place. */
export async function readImport(
  item: YamlMap,
  fields: Fields,
  outer: Inherited,
  loading: Loading,
  read: ReadItems,
): Promise<readonly Entry[]> {
  const word = fields.has('import_role') ? 'import_role' : 'import_tasks'
  const entry = fields.get(word)
  checkKeywords(fields, [...sharedKeywords, word], word, loading)
  const inherited = inherit(outer, fields, loading, 'entry')
  if (!entry) return []
  if (word === 'import_tasks') return importTasks(entry, item, inherited, loading, read)
  const call = readRoleArguments(entry, inherited, loading)
  if (!call || beforeVariables(call.name, call.place, 'import_role', loading)) return []
  loading.brought.imported.push(basename(call.name))
  // As with an entry of \`roles\`, its variables are there for the whole play.
  return readRole({...call, vars: varsOf(fields.get('vars'), loading)}, loading, read)
}

/** Reads include_tasks or include_role, which is loaded when the run gets there. */
export function readInclude(
  item: YamlMap,
  fields: Fields,
  outer: Inherited,
  loading: Loading,
  read: ReadItems,
): readonly Include[] {
  const word = fields.has('include_role') ? 'include_role' : 'include_tasks'
  const entry = fields.get(word)
  checkKeywords(fields, [...sharedKeywords, word, ...loopWords], word, loading)
  const loop = readLoop(fields, loading)
  const own = inherit(outer, fields, loading, 'entry')
  const inside: Inherited = {...own, when: [], tags: outer.tags}
  const target = entry && (word === 'include_role' ? roleTarget : fileTarget)(entry, inside, loading, read)
  if (!target) return []
  const {when, vars, tags, become, role} = own
  const name = textOf(fields.get('name'), loading)
  return [
    {
      kind: 'include',
      word,
      name,
      ...(loop.loop !== undefined && {loop}),
      ...target,
      source: item.source,
      when,
      vars,
      tags,
      become,
      role,
    },
  ]
}

type Target = Pick<Include, 'file' | 'load'>

type Render = Parameters<Include['load']>[0]

function roleTarget(entry: YamlEntry, inherited: Inherited, loading: Loading, read: ReadItems): Target | undefined {
  const call = readRoleArguments(entry, inherited, loading)
  if (!call) return undefined
  const load = (render: Render) => included(loading, own => readRole(named(call, render), own, read), call.public)
  return {file: call.name, load}
}

/** The call with variables put into the names of the role and of its parts. */
function named(call: RoleCall, render: Render): RoleCall {
  const {tasks, handlers, vars, defaults} = call.from
  const from = {tasks: render(tasks), handlers: render(handlers), vars: render(vars), defaults: render(defaults)}
  return {...call, name: render(call.name), from, included: true}
}

function fileTarget(entry: YamlEntry, inherited: Inherited, loading: Loading, read: ReadItems): Target | undefined {
  const file = fileName(entry, loading, ['file', 'apply'])
  if (file === undefined) return undefined
  const apply = entry.value.kind === 'map' ? fieldsOf(entry.value).get('apply') : undefined
  const inside = applied(apply, inherited, loading)
  const written = withFolder(file, loading)
  const load = (render: Render) =>
    included(loading, own => readTaskFile(render(written), entry.value.source, inside, own, read))
  return {file: written, load}
}

async function included(
  loading: Loading,
  read: (own: Loading) => Promise<readonly Entry[]>,
  isOpen = false,
): Promise<Included> {
  const own: Loading = {...loading, problems: [], brought: nothingBrought()}
  const entries = await read(own)
  if (own.problems.length > 0) throw new ConfigError(own.problems)
  const {handlers, defaults, vars} = own.brought
  return {entries, handlers, ...(isOpen && {open: {defaults, vars}})}
}

async function importTasks(
  entry: YamlEntry,
  item: YamlMap,
  inherited: Inherited,
  loading: Loading,
  read: ReadItems,
): Promise<readonly Entry[]> {
  const name = fileName(entry, loading, ['file'])
  const place = entry.value.source ?? item.source
  if (name === undefined) return []
  const written = withFolder(name, loading)
  if (beforeVariables(written, place, 'import_tasks', loading)) return []
  return readTaskFile(written, place, inherited, loading, read)
}

function beforeVariables(name: string, place: Source, word: 'import_tasks' | 'import_role', loading: Loading): boolean {
  if (!hasTemplate(name)) return false
  const expected =
    word === 'import_tasks'
      ? 'a file name without variables, or include_tasks'
      : 'a name without variables, or include_role'
  report(loading, place, `${word} is read before variables are known`, {expected})
  return true
}

/** `file.yml` or `{file: file.yml}`. */
function fileName(entry: YamlEntry, loading: Loading, allowed: readonly string[]): string | undefined {
  if (entry.value.kind !== 'map') return textOf(entry, loading)?.replace(/^file=(?=\S+$)/, '')
  const fields = fieldsOf(entry.value)
  checkKeywords(fields, allowed, entry.key, loading)
  if (!fields.has('file'))
    report(loading, entry.value.source, `"${entry.key}" needs the name of a file`, {expected: 'file: NAME'})
  return textOf(fields.get('file'), loading)
}

function withFolder(name: string, {playbookFolder}: Loading): string {
  return name.replaceAll(/\{\{\s*playbook_dir\s*\}\}/g, playbookFolder)
}

async function readTaskFile(
  name: string,
  place: Source,
  inherited: Inherited,
  loading: Loading,
  read: ReadItems,
): Promise<readonly Entry[]> {
  const path = find(name, place, inherited, loading)
  if (loading.files.includes(path)) {
    report(loading, place, `"${name}" imports itself`)
    return []
  }
  const root = await readYaml(path, place, loading)
  if (!root || (root.kind === 'scalar' && root.value === null)) return []
  if (root.kind === 'list') return read(root.items, inherited, {...loading, files: [...loading.files, path]})
  report(loading, root.source, `a file of tasks cannot be ${describe(root)}`, {expected: 'a list of tasks'})
  return []
}

/** Beside the file that names it, in tasks/ of its role, else in the playbook's folder or its tasks/. */
function find(name: string, place: Source, {role}: Inherited, {playbookFolder}: Loading): string {
  const beside = resolve(dirname(place.file), name)
  const inRole = role ? [resolve(role.path, 'tasks', name), resolve(role.path, name)] : []
  const others = [resolve(playbookFolder, name), join(playbookFolder, 'tasks', name)]
  return [beside, ...inRole, ...others].find(path => existsSync(path)) ?? beside
}
