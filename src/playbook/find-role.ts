import {existsSync, readdirSync, statSync} from 'node:fs'
import {basename, dirname, join, resolve} from 'node:path'
import type {Source} from '../errors.ts'
import {didYouMean} from '../nearest.ts'
import type {Role} from '../play.ts'
import {type Loading, report} from './loading.ts'
import {rolesPath} from './roles-path.ts'

/** Finds a role's folder where Ansible looks; one that is missing is reported. */
export function findRole(name: string, place: Source, around: Role | undefined, loading: Loading): string | undefined {
  const folders = foldersFor(place, around, loading)
  const found = folders.map(folder => resolve(folder, name)).find(isFolder)
  if (found) return found
  const names = folders.filter(isFolder).flatMap(folder => readdirSync(folder))
  report(loading, place, `there is no role "${name}"`, {
    expected: `roles/${basename(name)} beside the playbook, or a folder ${basename(name)} in ~/.ansible/roles, /usr/share/ansible/roles or /etc/ansible/roles`,
    suggestion: didYouMean(name, names),
  })
  return undefined
}

/** One of a role's files, such as tasks/main.yml; its name may lack the ending. */
export function roleFile(role: string, folder: string, name: string): string | undefined {
  const path = join(role, folder, name)
  return [`${path}.yml`, `${path}.yaml`, `${path}.json`, path].find(one => existsSync(one) && !isFolder(one))
}

/** The files that make up a role's vars or defaults: one, or all of a folder with that name. */
export function roleFiles(role: string, folder: string, name: string): readonly string[] {
  const file = roleFile(role, folder, name)
  if (file) return [file]
  const path = join(role, folder, name)
  if (!isFolder(path)) return []
  const names = readdirSync(path).filter(one => /\.(ya?ml|json)$/.test(one) && !one.startsWith('.'))
  return names.sort().map(one => join(path, one))
}

/** Beside the role that needs it, then roles/ beside the playbook, then the user's and the system's. */
function foldersFor(place: Source, around: Role | undefined, {playbookFolder}: Loading): readonly string[] {
  const beside = dirname(place.file)
  return [
    ...new Set([
      ...(around ? [dirname(around.path)] : []),
      join(playbookFolder, 'roles'),
      ...(around ? [] : [join(beside, 'roles')]),
      ...rolesPath(),
      playbookFolder,
    ]),
  ]
}

function isFolder(path: string): boolean {
  return statSync(path, {throwIfNoEntry: false})?.isDirectory() ?? false
}
