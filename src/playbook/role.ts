import {basename} from 'node:path'
import type {Value, Values} from '../module.ts'
import type {Entry, Role, RoleRun} from '../play.ts'
import {plain, type YamlNode} from '../yaml.ts'
import {checkTemplates} from './check-templates.ts'
import {fieldsOf, flagOf, itemsOf} from './fields.ts'
import {findRole, roleFile, roleFiles} from './find-role.ts'
import {describe, type Fields, type Inherited, type Loading, report} from './loading.ts'
import {readYaml} from './read-yaml.ts'
import {type RoleCall, readRoleItem} from './role-call.ts'
import {specTask} from './role-spec.ts'
import {isTask} from './walk.ts'

/** Reads a list of tasks; handed over, because tasks may call roles in turn. */
export type ReadItems = (
  items: readonly YamlNode[],
  inherited: Inherited,
  loading: Loading,
) => Promise<readonly Entry[]>

/** Reads a role with those that it depends on: returns their tasks in order, and notes handlers, defaults and vars in `loading.brought`. */
export async function readRole(call: RoleCall, loading: Loading, read: ReadItems): Promise<readonly Entry[]> {
  const around = call.inherited.role
  const path = findRole(call.name, call.place, around, loading)
  if (path === undefined) return []
  if (loading.files.includes(path)) {
    report(loading, call.place, `the role "${call.name}" needs itself`)
    return []
  }
  const within: Loading = {...loading, files: [...loading.files, path]}
  const meta = await mapOf(roleFile(path, 'meta', 'main'), call, within)
  const roleRun = onceOnly(call, path, meta, within)
  const {defaults, vars, ...own} = await ownValues(call, path, within)
  const before = {defaults: loading.brought.defaults, vars: loading.brought.vars}
  const role: Role = {...own, defaults, vars}
  const inherited: Inherited = {...call.inherited, role}
  const needed = await dependencies(meta, inherited, within, read)
  loading.brought.defaults = {...loading.brought.defaults, ...defaults}
  loading.brought.vars = {...loading.brought.vars, ...vars}
  // A role sees what those that it needs bring, even when it is included while the play runs.
  const known: Role = {
    ...role,
    defaults: {...added(loading.brought.defaults, before.defaults), ...defaults},
    vars: {...added(loading.brought.vars, before.vars), ...vars},
  }
  if (roleRun && loading.brought.done.get(roleRun.key)) return needed
  const inside: Inherited = {...inherited, role: known, roleRun}
  const handlers = await part(roleFile(path, 'handlers', call.from.handlers), inside, call, within, read)
  loading.brought.handlers.push(...handlers.filter(isTask))
  const spec = await specTask(call, inside, within, meta)
  const tasks = [...spec, ...(await readTasks(call, path, inside, within, read))]
  if (roleRun) loading.brought.done.set(roleRun.key, tasks.some(isSure))
  return [...needed, ...tasks]
}

/** Whether something is done on every host. */
function isSure(entry: Entry): boolean {
  return entry.kind === 'task' && entry.when.length === 0 && entry.loop === undefined
}

/** The same role with the same values, condition and tags is done once, unless it allows duplicates. */
function onceOnly(
  {inherited, params, vars, from, once, included}: RoleCall,
  path: string,
  meta: Fields,
  loading: Loading,
): RoleRun | undefined {
  if (!once || (!included && flagOf(meta.get('allow_duplicates'), loading) === true)) return undefined
  const key = JSON.stringify([path, params, vars, from, inherited.when, inherited.tags])
  return {key, repeats: included || loading.brought.done.has(key)}
}

async function ownValues(call: RoleCall, path: string, loading: Loading): Promise<Role> {
  const around = call.inherited.role
  return {
    name: basename(path),
    path,
    parents: call.caller ? [call.caller.name, ...call.caller.parents] : [],
    defaults: await valuesIn(roleFiles(path, 'defaults', call.from.defaults), call, loading),
    vars: {...call.vars, ...(await valuesIn(roleFiles(path, 'vars', call.from.vars), call, loading))},
    params: {...around?.params, ...call.params},
  }
}

async function dependencies(
  meta: Fields,
  inherited: Inherited,
  loading: Loading,
  read: ReadItems,
): Promise<readonly Entry[]> {
  const entries: Entry[] = []
  for (const item of itemsOf(meta.get('dependencies'), 'a list of roles', loading)) {
    const call = readRoleItem(item, inherited, loading)
    if (call) entries.push(...(await readRole(call, loading, read)))
  }
  return entries
}

async function readTasks(
  call: RoleCall,
  path: string,
  inherited: Inherited,
  loading: Loading,
  read: ReadItems,
): Promise<readonly Entry[]> {
  const file = roleFile(path, 'tasks', call.from.tasks)
  if (!file && call.from.tasks !== 'main')
    report(loading, call.place, `the role "${call.name}" has no tasks/${call.from.tasks}.yml`)
  return part(file, inherited, call, loading, read)
}

/** A file of tasks or handlers; none is none. */
async function part(
  file: string | undefined,
  inherited: Inherited,
  {place}: RoleCall,
  loading: Loading,
  read: ReadItems,
): Promise<readonly Entry[]> {
  const root = file === undefined ? undefined : await readYaml(file, place, loading)
  if (!root || (root.kind === 'scalar' && root.value === null)) return []
  if (root.kind === 'list') return read(root.items, inherited, loading)
  report(loading, root.source, `a file of tasks cannot be ${describe(root)}`, {expected: 'a list of tasks'})
  return []
}

async function valuesIn(files: readonly string[], call: RoleCall, loading: Loading): Promise<Values> {
  const values: Record<string, Value> = {}
  for (const file of files) {
    for (const [name, {value}] of await mapOf(file, call, loading)) {
      checkTemplates(value, loading)
      values[name] = plain(value)
    }
  }
  return values
}

async function mapOf(file: string | undefined, {place}: RoleCall, loading: Loading): Promise<Fields> {
  const root = file === undefined ? undefined : await readYaml(file, place, loading)
  if (root?.kind === 'map') return fieldsOf(root)
  if (root && !(root.kind === 'scalar' && root.value === null))
    report(loading, root.source, `this file cannot be ${describe(root)}`, {expected: 'a map: name: value'})
  return new Map()
}

/** What one map has beyond another. */
function added(after: Values, before: Values): Values {
  return Object.fromEntries(Object.entries(after).filter(([name, value]) => before[name] !== value))
}
