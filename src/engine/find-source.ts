import {access} from 'node:fs/promises'
import {dirname, isAbsolute, join} from 'node:path'
import {TaskError} from '../errors.ts'
import {fromHome} from '../home-folder.ts'
import type {HostModule, Value, Values} from '../module.ts'
import type {Task} from '../play.ts'
import {splitWords} from '../shell/words.ts'
import type {Variables} from '../template/variables.ts'

type Kind = NonNullable<HostModule['source']>

/** What a task names as its file on this machine, and the argument that says so. */
type SourceName = {readonly name: string; readonly by: string; readonly kind: Kind}

/** What a task names as its file on this machine; undefined where it names none. */
export function sourceOf(
  module: HostModule,
  args: Values,
  rendered: (said: Value) => Value = said => said,
): SourceName | undefined {
  const {source: kind} = module
  const isScript = kind === 'script'
  const by = isScript ? (['_raw_params', 'cmd'].find(word => word in args) ?? 'cmd') : 'src'
  const said = rendered(args[by] ?? null)
  const name = isScript ? splitWords(String(said ?? ''))?.[0] : said
  return kind !== undefined && typeof name === 'string' ? {name, by, kind} : undefined
}

/** Finds the file that a task names where Ansible looks: files/ or templates/ of the role, beside the task's file and the playbook, then beside them. */
export async function findSource({name, kind}: SourceName, task: Task, scope: Variables): Promise<string> {
  const path = fromHome(name)
  const places = isAbsolute(path) ? [path] : candidates(path, kind, task, scope)
  for (const place of places) if (await exists(place)) return place
  throw new TaskError({
    message: `there is no file ${name} for ${task.module.name}`,
    hint: `looked for: ${places.join(', ')}`,
  })
}

function candidates(path: string, kind: Kind, task: Task, scope: Variables): readonly string[] {
  return foldersOf(task, kind === 'template' ? 'templates' : 'files', scope).map(folder => join(folder, path))
}

/** Where the files lie that a task's loop names: in templates/ for a task that takes templates, and so on. */
export function loopFolders(task: Task, scope: Variables): readonly string[] {
  const inside = {template: 'templates', file: 'files', tree: 'files', script: 'files', vars: 'vars'} as const
  return foldersOf(task, inside[task.module.source ?? 'file'], scope)
}

/** Where Ansible looks for what a task names: in folders of that name and beside them; the role first, then the task's file, then the playbook. */
export function foldersOf(
  {role, source}: Pick<Task, 'role' | 'source'>,
  inside: 'files' | 'templates' | 'vars' | 'tasks',
  scope: Variables,
): readonly string[] {
  const playbook = scope.get('playbook_dir')
  const around = [
    ...(role ? [role.path] : []),
    dirname(source.file),
    ...(typeof playbook === 'string' ? [playbook] : []),
  ]
  return [...new Set(around.flatMap(folder => [join(folder, inside), folder]))]
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch {
    return false
  }
}
