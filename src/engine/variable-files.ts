import {statSync} from 'node:fs'
import {dirname, isAbsolute, join} from 'node:path'
import {ConfigError, TaskError} from '../errors.ts'
import type {Values, VariableFiles} from '../module.ts'
import type {Task} from '../play.ts'
import {TemplateError} from '../template/template-error.ts'
import {readVariables} from '../template/variable-file.ts'
import type {Variables} from '../template/variables.ts'
import {foldersOf} from './find-source.ts'

/** The files of variables that a task can name: in vars/ of its role and beside its file and the playbook. */
export function variableFiles(task: Pick<Task, 'role' | 'source'>, scope: Variables): VariableFiles {
  return {
    file: name => findFile(name, foldersOf(task, 'vars', scope)),
    folder: name => folderOf(name, task),
    read: readFile,
  }
}

/** The first of these folders' files with a name. Throws TaskError. */
function findFile(name: string, folders: readonly string[]): string {
  const places = isAbsolute(name) ? [name] : folders.map(folder => join(folder, name))
  const found = places.find(isFile)
  if (found !== undefined) return found
  throw new TaskError({message: `there is no file ${name} with variables`, hint: `looked for: ${places.join(', ')}`})
}

/** Whether there is a file at a path. */
export function isFile(path: string): boolean {
  return statSync(path, {throwIfNoEntry: false})?.isFile() ?? false
}

/** In vars/ of the role, else beside the task's file. */
function folderOf(name: string, {role, source}: Pick<Task, 'role' | 'source'>): string {
  if (isAbsolute(name)) return name
  if (!role) return join(dirname(source.file), name)
  return name.split('/')[0] === 'vars' ? join(role.path, name) : join(role.path, 'vars', name)
}

/** The variables in a file, not rendered. Throws TaskError with the place of what is wrong. */
export function readFile(path: string): Values {
  try {
    return readVariables(path)
  } catch (error) {
    if (error instanceof TemplateError) throw new TaskError({message: error.message})
    if (!(error instanceof ConfigError)) throw error
    const told = error.problems.map(({source, message}) => `${source.file}:${source.line}:${source.column}: ${message}`)
    throw new TaskError({message: told.join('; ')})
  }
}
