import {existsSync, statSync} from 'node:fs'
import {dirname, join, parse, relative, resolve, sep} from 'node:path'
import {isHostList} from '../../inventory/host-list.ts'
import type {NamedVars} from '../../inventory/named-vars.ts'
import type {Variable} from '../../inventory/variable.ts'
import type {Host} from '../../play.ts'
import {type ByHost, type Contents, type Rotating, withNewValue} from '../../secrets/contents.ts'
import type {Keyring} from '../../secrets/keyring.ts'

/** Where the secrets of an inventory are sealed: prod.secrets.age beside prod.yml, secrets.age in a folder. */
export function sealedFileOf(inventory: string): string {
  if (isHostList(inventory)) return resolve('secrets.age')
  const path = resolve(inventory)
  if (statSync(path, {throwIfNoEntry: false})?.isDirectory()) return join(path, 'secrets.age')
  return join(dirname(path), `${parse(path).name}.secrets.age`)
}

/** Where the secrets of a host are sealed: beside the inventory that names it first. */
export function sealedFileOfHost(host: Host, inventories: readonly string[]): string {
  const file = host.source?.file ?? ''
  const own = inventories.find(one => one === file || file.startsWith(resolve(one) + sep) || resolve(one) === file)
  return sealedFileOf(own ?? inventories[0] ?? file)
}

/** Opens the sealed files of inventories that are there; of a secret that is being replaced, the new value counts. Throws UsageError. */
export async function openSealedFiles(
  inventories: readonly string[],
  keyring: Keyring,
  rotating?: Rotating,
): Promise<ReadonlyMap<string, Contents>> {
  const files = [...new Set(inventories.map(sealedFileOf))].filter(file => existsSync(file))
  if (files.length === 0) return new Map()
  // Loaded only when it is needed: most runs of a playbook seal nothing.
  const {readSealed} = await import('../../secrets/sealed-file.ts')
  const found = new Map<string, Contents>()
  for (const file of files) {
    const contents = await readSealed(file, keyring)
    if (contents) found.set(file, rotating ? withNewValue(contents, rotating) : contents)
  }
  return found
}

/** The secrets of sealed files as variables of groups and hosts. */
export function sealedVariables(sealed: ReadonlyMap<string, Contents>): readonly NamedVars[] {
  return [...sealed].map(([file, {values}]) => {
    const named = new Map(Object.entries(values).map(([name, own]) => [name, variablesOf(own, file)]))
    return {groups: named, hosts: named}
  })
}

/** A sealed file as people know it: from here, where it is not far. */
export function shortPath(file: string): string {
  const path = relative('', file)
  return path.startsWith('..') ? file : path
}

function variablesOf(own: ByHost[string], file: string): readonly Variable[] {
  const source = {file, line: 1, column: 1}
  return Object.entries(own).map(([name, value]) => ({name, value, source, printed: true, sealed: true}))
}
