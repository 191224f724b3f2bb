import type {Dirent} from 'node:fs'
import {readdir, readFile} from 'node:fs/promises'
import {join, parse} from 'node:path'
import {ConfigError} from '../errors.ts'
import type {Values} from '../module.ts'
import {parseYaml, plain} from '../yaml.ts'
import {gather} from './gather.ts'
import type {Groups} from './groups.ts'

const extensions = ['', '.yml', '.yaml', '.json']

/** Variables of group_vars/ and host_vars/, by the name of the group or host. */
export type NamedVars = {readonly groups: ReadonlyMap<string, Values>; readonly hosts: ReadonlyMap<string, Values>}

/** Reads the group_vars and host_vars of a folder for the given groups and hosts; both may be missing. Throws ConfigError. */
export async function readNamedVars(folder: string, {groups, hosts}: Groups): Promise<NamedVars> {
  const [ofGroups = new Map(), ofHosts = new Map()] = await gather([
    readFolder(join(folder, 'group_vars'), groups.keys()),
    readFolder(join(folder, 'host_vars'), hosts.keys()),
  ])
  return {groups: ofGroups, hosts: ofHosts}
}

/** Reads defaults/main.yml of a playbook's folder, as of a role: what a playbook falls back on. It may be missing. Throws ConfigError. */
export async function readDefaults(folder: string): Promise<Values> {
  const defaults = join(folder, 'defaults')
  const [file] = (await entriesOf(defaults)).filter(entry => /^main\.ya?ml$/.test(entry.name))
  return file ? readVars(join(defaults, file.name)) : {}
}

async function readFolder(folder: string, names: Iterable<string>): Promise<ReadonlyMap<string, Values>> {
  const entries = await entriesOf(folder)
  const found = [...names].map(async name => {
    const own = entries.filter(entry => extensions.some(extension => entry.name === name + extension))
    const vars = await gather(own.map(entry => read(join(folder, entry.name), entry)))
    return [name, Object.assign({}, ...vars)] as const
  })
  return new Map(await gather(found))
}

function read(path: string, entry: Dirent): Promise<Values> {
  return entry.isDirectory() ? readTree(path) : readVars(path)
}

/** A folder that stands for one group or host: all its files, by name. */
async function readTree(folder: string): Promise<Values> {
  let vars: Values = {}
  for (const entry of await entriesOf(folder)) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() || isVarsFile(entry.name)) vars = {...vars, ...(await read(path, entry))}
  }
  return vars
}

/** A file that holds a map of variables. */
async function readVars(file: string): Promise<Values> {
  const node = parseYaml(await readFile(file, 'utf8'), file)
  if (node.kind === 'map') return Object.fromEntries(node.entries.map(entry => [entry.key, plain(entry.value)]))
  if (node.kind === 'scalar' && node.value === null) return {}
  throw new ConfigError([
    {source: node.source, message: 'this file holds no variables', expected: 'a map: name: value'},
  ])
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    const entries = await readdir(folder, {withFileTypes: true})
    return entries
      .filter(entry => !entry.name.startsWith('.'))
      .toSorted((left, right) => (left.name < right.name ? -1 : 1))
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR'].includes(String(error.code))) return []
    throw error
  }
}

function isVarsFile(name: string): boolean {
  return extensions.includes(parse(name).ext) && !name.endsWith('~')
}
