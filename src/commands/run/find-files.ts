import {existsSync, readdirSync, statSync} from 'node:fs'
import {basename, join, resolve} from 'node:path'
import {UsageError} from '../../errors.ts'
import {isHostList} from '../../inventory/host-list.ts'
import {didYouMean} from '../../nearest.ts'
import {packageRoot} from '../../package-root.ts'

/** Finds an inventory: the path itself, then the name in inventory/ of the current folder, then in the package's; a list of hosts is its own. Throws UsageError. */
export function findInventory(name: string): string {
  if (isHostList(name)) return name
  return find(name, ['.', 'inventory', join(packageRoot, 'inventory')], 'inventory')
}

/** Finds a playbook: the path itself, then the name in playbooks/ of the current folder, then in the package's. Throws UsageError. */
export function findPlaybook(name: string): string {
  return find(name, ['.', 'playbooks', join(packageRoot, 'playbooks')], 'playbook')
}

function find(name: string, folders: readonly string[], what: string): string {
  const paths = folders.flatMap(folder => [name, `${name}.yml`, `${name}.yaml`].map(file => resolve(folder, file)))
  const found = paths.find(isFile) ?? paths.find(path => existsSync(path))
  if (found) return found
  const files = folders.flatMap(yamlFiles)
  const near = didYouMean(
    basename(name),
    /\.ya?ml$/.test(name) ? files : files.map(file => file.replace(/\.ya?ml$/, '')),
  )
  const looked = folders.map(folder => resolve(folder)).join(', ')
  throw new UsageError(`there is no ${what} ${name}`, [near, `Looked in ${looked}.`].filter(Boolean).join(' '))
}

function isFile(path: string): boolean {
  return statSync(path, {throwIfNoEntry: false})?.isFile() ?? false
}

function yamlFiles(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).filter(file => /\.ya?ml$/.test(file)) : []
}
