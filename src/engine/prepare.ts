import {readFile, stat} from 'node:fs/promises'
import {TaskError} from '../errors.ts'
import type {HostModule, Value, Values} from '../module.ts'
import type {Role, Task} from '../play.ts'
import {PendingVariable} from '../template/scope.ts'
import {spaceOf} from '../template/space.ts'
import {renderText, renderValue, test} from '../template/template.ts'
import {TemplateError} from '../template/template-error.ts'
import type {Variables} from '../template/variables.ts'
import {hasTemplate, isList, isMap} from '../value.ts'
import {asJob} from './background.ts'
import {decided} from './decide.ts'
import type {Elsewhere} from './elsewhere.ts'
import {findSource, loopFolders, sourceOf} from './find-source.ts'
import {largeFile} from './large-file.ts'
import {itemLayer, loopItems} from './loop-items.ts'
import type {Readiness, TaskNode} from './node.ts'
import {readTree} from './source-tree.ts'
import {variableFiles} from './variable-files.ts'

/** Who runs what: what a task's `become` means on this host. */
export type Privileges = {readonly loginUser: string; readonly shellUser: string; readonly become: boolean}

/** Where tasks run: on the host whose they are, or on another one that they are delegated to. */
export type Places = {
  readonly host: string
  readonly privileges: Privileges
  /** Another host; `become` says whether the task becomes another user there. Throws TaskError. */
  readonly elsewhere: (name: string, become: boolean) => Promise<Elsewhere>
}

/**
 * Makes a task ready with what is known now: its loop taken apart, its condition tested, its arguments rendered and
 * bound. Returns the nodes that stand for it. A task that mentions what is not known yet stays unready.
 */
export async function prepare(node: TaskNode, variables: Variables, places: Places): Promise<readonly TaskNode[]> {
  const scope = scopeOf(node, variables)
  try {
    const items = node.task.loop === undefined || node.item ? undefined : itemsOf(node.task, scope)
    if (items) return await prepareItems(node, items, variables, places)
    node.ready = leftOut(node.task, scope) ?? (await makeReady(decide(node, scope), scope, places))
  } catch (error) {
    if (error instanceof PendingVariable) return [Object.assign(node, {waitsFor: error.variable, other: error.other})]
    node.ready = {kind: 'broken', error: asError(error)}
  }
  return [node]
}

/** The variables as a task sees them. */
export function scopeOf(node: TaskNode, variables: Variables): Variables {
  const around = scopeAround(node.layers, node.task.role, variables)
  return around.with(node.task.vars, 'task').with(node.item?.layer ?? {})
}

/** The variables with what includes and the role around a task or an include add. */
export function scopeAround(layers: readonly Values[], role: Role | undefined, variables: Variables): Variables {
  const included = layers.reduce((scope, layer) => scope.with(layer, 'params'), variables)
  if (!role) return included
  const {name, path, parents, defaults, vars, params} = role
  const names = {
    role_name: name,
    ansible_role_name: name,
    role_path: path,
    ...(parents.length > 0 && {ansible_parent_role_names: parents}),
  }
  return included.with(defaults, 'defaults').with(vars, 'role').with(params, 'params').with(names, 'magic')
}

/** The items of a loop; undefined where they cannot be told, and need not be, since the task is left out. */
function itemsOf(task: Task, scope: Variables): readonly Value[] | undefined {
  try {
    return loopItems(task, scope, loopFolders(task, scope))
  } catch (error) {
    if (error instanceof TemplateError && isLeftOut(task, scope)) return undefined
    throw error
  }
}

function isLeftOut(task: Task, scope: Variables): boolean {
  try {
    return leftOut(task, scope) !== undefined
  } catch {
    // What is wrong with the loop is told rather than what is wrong with the condition.
    return false
  }
}

async function prepareItems(
  node: TaskNode,
  items: readonly Value[],
  variables: Variables,
  places: Places,
): Promise<readonly TaskNode[]> {
  if (items.length === 0) node.ready = {kind: 'skip', message: 'the loop has no items', empty: true}
  if (items.length === 0) return [node]
  const loop = {size: items.length, results: [], statuses: []}
  const nodes = items.map((value, index): TaskNode => {
    const layer = itemLayer(node.task, items, index)
    const label = labelOf(node.task, value, scopeOf(node, variables).with(layer))
    return {...node, item: {label, index, loop, layer}}
  })
  return (await Promise.all(nodes.map(one => prepare(one, variables, places)))).flat()
}

/** What people see of a loop's item: loop_control's label, or the item itself. */
function labelOf(task: Task, item: Value, scope: Variables): string {
  const shown = task.loopLabel === undefined ? item : renderValue(task.loopLabel, scope)
  return typeof shown === 'object' ? JSON.stringify(shown) : String(shown)
}

function leftOut(task: Task, scope: Variables): Readiness | undefined {
  const failed = task.when.find(expression => !test([expression], scope))
  return failed === undefined ? undefined : {kind: 'skip', message: `when: ${failed}`}
}

function decide(node: TaskNode, scope: Variables): Task {
  node.task = withNotified(decided(node.task, scope), scope)
  return node.task
}

/** Variables may stand in the names of handlers, also one with a list of names. */
function withNotified(task: Task, scope: Variables): Task {
  if (!task.notify.some(hasTemplate)) return task
  const names = task.notify.flatMap(name => {
    const value = renderValue(name, scope)
    return isList(value) ? value.map(String) : [String(value)]
  })
  return {...task, notify: names}
}

async function makeReady(task: Task, around: Variables, places: Places): Promise<Readiness> {
  const other = await delegate(task, around, places)
  const scope = other ? around.with({ansible_delegated_vars: {[other.name]: other.connection}}) : around
  const args = asValues(renderValue(task.args, scope))
  const elsewhere = other && {elsewhere: other}
  if (task.module.kind === 'controller')
    return {kind: 'controller', run: task.module.bind(args), defines: definesOf(task, args, scope), ...elsewhere}
  const bound = task.module.bind(await withContent(task.module, args, task, scope))
  return {
    kind: 'host',
    bound: task.async ? asJob(bound, task.async) : bound,
    user: userOf(task, scope, other?.privileges ?? places.privileges),
    environment: environmentOf(task, scope),
    ...elsewhere,
  }
}

/** The names of variables that a controller's task brings, as far as its arguments tell; undefined when it may bring any. */
export function definesOf(task: Task, args: Values, scope: Variables): readonly string[] | undefined {
  const {module} = task
  if (module.kind === 'host') return []
  try {
    return module.defines(args, variableFiles(task, scope))
  } catch (error) {
    // What is wrong is told when the task runs.
    if (error instanceof TaskError) return undefined
    throw error
  }
}

/** The other host that a task is delegated to; undefined where that is the host itself, or nobody (`default(omit)`). */
async function delegate(
  {delegateTo, become}: Task,
  scope: Variables,
  {host, elsewhere}: Places,
): Promise<Elsewhere | undefined> {
  if (delegateTo === undefined) return undefined
  const name = renderValue([delegateTo], scope)
  const [to] = isList(name) ? name : []
  if (to === undefined || to === host) return undefined
  if (typeof to !== 'string' || to === '')
    throw new TaskError({message: `delegate_to wants the name of a host, and got ${JSON.stringify(to)}`})
  return elsewhere(to, become)
}

/** `src` of copy, template and the like is read here: modules never touch the controller's disk. */
async function withContent(module: HostModule, args: Values, task: Task, scope: Variables): Promise<Values> {
  const source = sourceOf(module, args)
  if (!source || isOnHost(args)) return args
  const file = await findSource(source, task, scope)
  const found = await stat(file)
  if (found.isDirectory()) {
    if (module.source === 'tree') return {...args, tree: await readTree(file)}
    throw new TaskError({message: `${file} is a folder, and ${module.name} takes a file`})
  }
  const kept = args.mode === 'preserve' ? {source_mode: (found.mode & 0o7777).toString(8).padStart(4, '0')} : {}
  const large = module.streams ? await largeFile(file) : undefined
  if (large) return {...args, ...kept, content_file: large}
  const bytes = await readFile(file)
  if (module.source === 'template')
    return {...args, ...kept, content: renderFile(file, bytes.toString('utf8'), args, scope)}
  return {...args, ...kept, ...contentOf(bytes)}
}

function contentOf(bytes: Buffer): Values {
  const text = bytes.toString('utf8')
  return Buffer.from(text).equals(bytes) ? {content: text} : {content_base64: bytes.toString('base64')}
}

/** Whether `remote_src`, or the older word `copy`, says that src is no file of the controller. */
export function isOnHost({remote_src = false, copy = true}: Values): boolean {
  return isTrue(remote_src) || !isTrue(copy)
}

function isTrue(value: Value): boolean {
  return !/^(false|f|no|n|off|0)$/i.test(String(value))
}

/** A mistake in a template file is told with its place there. */
function renderFile(file: string, source: string, args: Values, scope: Variables): string {
  const {trim_blocks = true, lstrip_blocks = false} = args
  const {space, text} = spaceOf(source, {trimBlocks: isTrue(trim_blocks), lstripBlocks: isTrue(lstrip_blocks)})
  try {
    return renderText(text, scope, space)
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    const {message, line = 1, column = 1, suggestion} = error
    throw new TaskError({message: `${file}:${line}:${column}: ${message}`, ...(suggestion && {hint: suggestion})})
  }
}

/** The environment variables of what a task runs. */
export function environmentOf({environment}: Task, scope: Variables): {readonly [name: string]: string} {
  return Object.assign({}, ...environment.map(one => texts(asValues(renderValue(one, scope)))))
}

/** The user that a task becomes; undefined when that is the shell's own. */
export function userOf(task: Task, scope: Variables, {loginUser, shellUser, become}: Privileges): string | undefined {
  const user = task.become || become ? String(renderValue(task.becomeUser, scope)) : loginUser
  return user === shellUser ? undefined : user
}

function texts(values: Values): {readonly [name: string]: string} {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))
}

function asValues(value: Value): Values {
  if (isMap(value)) return value
  throw new TaskError({message: `expected named values, got ${JSON.stringify(value)}`})
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
