import {readdirSync, readFileSync} from 'node:fs'
import {join, relative} from 'node:path'
import {ConfigError} from '../../errors.ts'
import {parseYaml, type YamlNode} from '../../yaml.ts'

/** The playbooks of a folder in the order of their names, and what else lies there, by paths within the folder. */
export type PlaybooksIn = {readonly playbooks: readonly string[]; readonly passedOver: readonly string[]}

/** Folders that hold parts of playbooks, what belongs to inventories, or somebody else's code. */
const parts = new Set(
  'roles tasks handlers vars defaults meta templates files group_vars host_vars inventory inventories library module_utils filter_plugins plugins collections molecule node_modules'.split(
    ' ',
  ),
)

/** Finds the playbooks in a folder and the folders below it: YAML files that are lists of plays. */
export function playbooksIn(folder: string): PlaybooksIn {
  const found = within(folder)
  return {
    playbooks: found.filter(({playbook}) => playbook).map(({path}) => path),
    passedOver: found.filter(({playbook}) => !playbook).map(({path, end}) => relative(folder, path) + end),
  }
}

/** `end` is / for a folder. */
type Found = {readonly path: string; readonly playbook: boolean; readonly end: string}

function within(folder: string): readonly Found[] {
  const entries = readdirSync(folder, {withFileTypes: true}).toSorted((one, other) => (one.name < other.name ? -1 : 1))
  return entries.flatMap((entry): readonly Found[] => {
    const path = join(folder, entry.name)
    if (entry.name.startsWith('.')) return []
    if (entry.isDirectory()) return parts.has(entry.name) ? [{path, playbook: false, end: '/'}] : within(path)
    return /\.ya?ml$/.test(entry.name) ? [{path, playbook: isPlaybook(path), end: ''}] : []
  })
}

/** A file that is no YAML at all is taken for a playbook, so that what is wrong with it is told. */
function isPlaybook(path: string): boolean {
  try {
    return holdsPlays(parseYaml(readFileSync(path, 'utf8'), path))
  } catch (error) {
    if (error instanceof ConfigError) return true
    throw error
  }
}

const ofPlays = ['hosts', 'import_playbook', 'tasks', 'roles', 'pre_tasks', 'post_tasks', 'gather_facts', 'vars_files']

/** A list in which something is a play; a map that has both hosts and tasks is a play whose dash is missing. */
function holdsPlays(root: YamlNode): boolean {
  if (root.kind === 'list') return root.items.some(item => keysOf(item).some(key => ofPlays.includes(key)))
  const keys = keysOf(root)
  return keys.includes('hosts') && keys.some(key => key !== 'hosts' && ofPlays.includes(key))
}

function keysOf(node: YamlNode): readonly string[] {
  return node.kind === 'map' ? node.entries.map(({key}) => key.replace(/^ansible\.builtin\./, '')) : []
}
