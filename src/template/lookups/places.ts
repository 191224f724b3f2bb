import {readFileSync, statSync} from 'node:fs'
import {join, resolve} from 'node:path'
import {fromHome} from '../../home-folder.ts'
import type {Scope} from '../scope.ts'
import {TemplateError} from '../template-error.ts'

/** The path of a file that a lookup names, within the folder that lookups start in. */
export function pathOf(path: string, folder: string): string {
  return resolve(folder, fromHome(path))
}

/** Where Ansible looks for what a lookup names: the role, then the playbook, in a folder of that kind first; then the inventory's folder. */
export function foldersFor(kind: 'files' | 'templates' | 'vars', scope: Scope): readonly string[] {
  const around = [folderIn('role_path', scope), folderIn('playbook_dir', scope), scope.lookups.folder]
  const known = around.filter(folder => folder !== undefined)
  return [...new Set(known.flatMap(folder => [join(folder, kind), folder]))]
}

/** Finds a file in the first folder that has it. Throws TemplateError when none has. */
function findFile(name: string, kind: 'files' | 'templates', scope: Scope): string {
  const folders = foldersFor(kind, scope)
  const places = [...new Set(folders.map(folder => pathOf(name, folder)))]
  const place = places.find(isFile)
  if (place !== undefined) return place
  const own = pathOf(name, scope.lookups.folder)
  throw new TemplateError(
    places.length > 2 && !name.startsWith('/')
      ? `lookup: there is no file ${name}; looked in ${folders.join(', ')}`
      : `lookup: there is no file ${own}`,
  )
}

/** Reads a file that a lookup names. Throws TemplateError. */
export function readFound(name: string, kind: 'files' | 'templates', scope: Scope): string {
  const path = findFile(name, kind, scope)
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new TemplateError(`lookup: ${path} cannot be read: ${error}`)
  }
}

/** Whether there is a file. */
export function isFile(path: string): boolean {
  return statSync(path, {throwIfNoEntry: false})?.isFile() ?? false
}

/** Whether there is a folder. */
export function isFolder(path: string): boolean {
  return statSync(path, {throwIfNoEntry: false})?.isDirectory() ?? false
}

function folderIn(name: string, scope: Scope): string | undefined {
  const folder = scope.get(name)
  return typeof folder === 'string' ? folder : undefined
}
