import type {Dirent} from 'node:fs'
import {readdir, readFile} from 'node:fs/promises'
import {join, parse} from 'node:path'
import {placeOfOption, readDeclared} from '../argument-spec/read-declared.ts'
import {defaultsOf} from '../argument-spec/read-options.ts'
import {ConfigError} from '../errors.ts'
import {parseYaml, plain} from '../yaml.ts'
import {gather} from './gather.ts'
import type {Groups} from './groups.ts'
import type {Variable} from './variable.ts'

const extensions = ['', '.yml', '.yaml', '.json']

/** Variables of group_vars/ and host_vars/, by the name of the group or host. */
export type NamedVars = {readonly groups: VariablesByName; readonly hosts: VariablesByName}

type VariablesByName = ReadonlyMap<string, readonly Variable[]>

/** Reads the group_vars and host_vars of a folder for the given groups and hosts; both may be missing. Throws ConfigError. */
export async function readNamedVars(folder: string, {groups, hosts}: Groups): Promise<NamedVars> {
  const [ofGroups = new Map(), ofHosts = new Map()] = await gather([
    readFolder(join(folder, 'group_vars'), groups.keys()),
    readFolder(join(folder, 'host_vars'), hosts.keys()),
  ])
  return {groups: ofGroups, hosts: ofHosts}
}

/**
 * What a playbook falls back on: the defaults that meta/argument_specs.yml of its folder declares, and defaults/main.yml, as of
 * a role. Both may be missing. Throws ConfigError.
 */
export async function readDefaults(folder: string): Promise<readonly Variable[]> {
  const declared = await readDeclared(folder)
  const ofOptions = declared
    ? defaultsOf(declared).map(([name, value]) => ({name, value, source: placeOfOption(declared, name)}))
    : []
  const defaults = join(folder, 'defaults')
  const [file] = (await entriesOf(defaults)).filter(entry => /^main\.ya?ml$/.test(entry.name))
  return [...ofOptions, ...(file ? await readVars(join(defaults, file.name)) : [])]
}

async function readFolder(folder: string, names: Iterable<string>): Promise<VariablesByName> {
  const entries = await entriesOf(folder)
  const found = [...names].map(async name => {
    // As Ansible does, the first that is there, and no other: web, web.yml, web.yaml, web.json.
    const [own] = extensions.flatMap(extension => entries.filter(entry => entry.name === name + extension))
    return [name, own ? await read(join(folder, own.name), own) : []] as const
  })
  return new Map(await gather(found))
}

function read(path: string, entry: Dirent): Promise<readonly Variable[]> {
  return entry.isDirectory() ? readTree(path) : readVars(path)
}

/** A folder that stands for one group or host: all its files, by name. */
async function readTree(folder: string): Promise<readonly Variable[]> {
  const entries = (await entriesOf(folder)).filter(entry => entry.isDirectory() || isVarsFile(entry.name))
  return (await gather(entries.map(entry => read(join(folder, entry.name), entry)))).flat()
}

/** A file that holds a map of variables. */
async function readVars(file: string): Promise<readonly Variable[]> {
  const text = await readFile(file, 'utf8')
  const node = parseYaml(text, file)
  if (node.kind === 'map') return node.entries.map(({key, source, value}) => ({name: key, value: plain(value), source}))
  if (node.kind === 'scalar' && node.value === null) return []
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
