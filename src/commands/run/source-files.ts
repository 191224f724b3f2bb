import {readFile} from 'node:fs/promises'
import {findSource, loopFolders, sourceOf} from '../../engine/find-source.ts'
import {itemLayer, loopItems} from '../../engine/loop-items.ts'
import {isOnHost, scopeAround} from '../../engine/prepare.ts'
import {type Problem, TaskError} from '../../errors.ts'
import type {HostModule} from '../../module.ts'
import type {Task} from '../../play.ts'
import type {TemplateFile} from '../../playbook/undefined-variables.ts'
import {syntaxOfText} from '../../template/syntax.ts'
import {renderValue, test} from '../../template/template.ts'
import type {Variables} from '../../template/variables.ts'

/** The template files of each task, and what is wrong with the files that tasks name. */
export type SourceFiles = {
  readonly templates: ReadonlyMap<Task, readonly TemplateFile[]>
  readonly problems: readonly Problem[]
}

/** Looks at the files that `src` of tasks names, as far as the names are known before the run. */
export async function sourceFiles(tasks: readonly Task[], variables: Variables): Promise<SourceFiles> {
  const templates = new Map<Task, TemplateFile[]>()
  const problems: Problem[] = []
  // What tasks do where provision runs may make files that later ones take.
  const readOnce = onceEach(template)
  const made = tasks.findIndex(task => task.module.kind === 'host' && task.delegateTo !== undefined)
  for (const [index, task] of tasks.entries()) {
    const {module} = task
    if (module.kind !== 'host' || module.source === undefined) continue
    const surely = made < 0 || index < made
    for (const scope of scopesOf(task, variables)) {
      const found = await look(task, module, scope, {surely, readOnce})
      problems.push(...found.problems)
      templates.set(task, [...(templates.get(task) ?? []), ...found.templates])
    }
  }
  return {templates, problems}
}

/** The variables of a task, once for each item of a loop that is known already; none for a loop that is not. */
export function scopesOf(task: Task, variables: Variables): readonly Variables[] {
  const scope = scopeAround([], task.role, variables).with(task.vars, 'task')
  if (task.loop === undefined) return [scope]
  const items = known(() => loopItems(task, scope, loopFolders(task, scope))) ?? []
  return items.map((_, index) => scope.with(itemLayer(task, items, index)))
}

/** Whether a missing file is a mistake for sure, and how a template file is read: often it is that of many tasks. */
type How = {readonly surely: boolean; readonly readOnce: (file: string) => Promise<Found>}
type Found = {readonly templates: readonly TemplateFile[]; readonly problems: readonly Problem[]}
const nothing: Found = {templates: [], problems: []}

async function look(task: Task, module: HostModule, scope: Variables, {surely, readOnce}: How): Promise<Found> {
  const source = known(() => sourceOf(module, task.args, said => renderValue(said, scope)))
  const runs = known(() => test(task.when, scope))
  if (!source?.name || runs === false || isOnHost(task.args)) return nothing
  try {
    const file = await findSource(source, task, scope)
    return module.source === 'template' ? await readOnce(file) : nothing
  } catch (error) {
    if (!(error instanceof TaskError)) throw error
    return surely && runs ? {templates: [], problems: [missing(task, source.by, error)]} : nothing
  }
}

async function template(file: string): Promise<Found> {
  const text = await readFile(file, 'utf8')
  const problems = syntaxOfText(text).map(({message, line = 1, column = 1, suggestion, expected}) => ({
    source: {file, line, column},
    message,
    ...(suggestion && {suggestion}),
    ...(expected && {expected}),
  }))
  return {templates: problems.length > 0 ? [] : [{file, text}], problems}
}

function onceEach<Made>(make: (file: string) => Promise<Made>): (file: string) => Promise<Made> {
  const made = new Map<string, Promise<Made>>()
  return file => {
    const known = made.get(file) ?? make(file)
    made.set(file, known)
    return known
  }
}

function missing(task: Task, by: string, {failure}: TaskError): Problem {
  return {source: task.locate([by]), message: failure.message, ...(failure.hint && {suggestion: failure.hint})}
}

/** What can be made of what is known now; undefined where it takes facts or what tasks register. */
export function known<Made>(make: () => Made): Made | undefined {
  try {
    return make()
  } catch {
    return undefined
  }
}
