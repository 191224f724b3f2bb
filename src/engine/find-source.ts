import {access} from 'node:fs/promises'
import {homedir} from 'node:os'
import {dirname, isAbsolute, join} from 'node:path'
import {TaskError} from '../errors.ts'
import type {Task} from '../play.ts'
import type {Variables} from '../template/variables.ts'

/** Finds the file that `src` names where Ansible looks: files/ or templates/ of the role, beside the task's file and the playbook, then beside them. */
export async function findSource(
  src: string,
  kind: 'file' | 'template',
  task: Task,
  scope: Variables,
): Promise<string> {
  const path = src.replace(/^~(?=\/)/, homedir())
  const places = isAbsolute(path) ? [path] : candidates(path, kind, task, scope)
  for (const place of places) if (await exists(place)) return place
  throw new TaskError({
    message: `there is no file ${src} for ${task.module.name}`,
    hint: `looked for: ${places.join(', ')}`,
  })
}

function candidates(path: string, kind: 'file' | 'template', task: Task, scope: Variables): readonly string[] {
  const playbook = scope.get('playbook_dir')
  const role = task.role ? [task.role.path] : []
  const folders = [...role, dirname(task.source.file), ...(typeof playbook === 'string' ? [playbook] : [])]
  const inside = kind === 'file' ? 'files' : 'templates'
  return [...new Set(folders.flatMap(folder => [join(folder, inside, path), join(folder, path)]))]
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch {
    return false
  }
}
