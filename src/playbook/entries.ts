import {existsSync} from 'node:fs'
import {dirname, join, resolve} from 'node:path'
import {ConfigError, type Source} from '../errors.ts'
import {didYouMean} from '../nearest.ts'
import type {Block, Entry, Include, Meta} from '../play.ts'
import type {YamlEntry, YamlMap, YamlNode} from '../yaml.ts'
import {checkKeywords, fieldsOf, itemsOf, textOf} from './fields.ts'
import {inherit} from './inherit.ts'
import {blockKeywords, sharedKeywords} from './keywords.ts'
import {describe, type Fields, type Inherited, type Loading, report} from './loading.ts'
import {readYaml} from './read-yaml.ts'
import {readTask} from './task.ts'

/** Reads a list of tasks, blocks, imports, includes and metas. */
export async function readEntries(
  field: YamlEntry | undefined,
  inherited: Inherited,
  loading: Loading,
): Promise<readonly Entry[]> {
  return readItems(itemsOf(field, 'a list of tasks', loading), inherited, loading)
}

async function readItems(
  items: readonly YamlNode[],
  inherited: Inherited,
  loading: Loading,
): Promise<readonly Entry[]> {
  const entries: Entry[] = []
  for (const item of items) entries.push(...(await readItem(item, inherited, loading)))
  return entries
}

async function readItem(item: YamlNode, inherited: Inherited, loading: Loading): Promise<readonly Entry[]> {
  if (item.kind !== 'map') {
    report(loading, item.source, `a task cannot be ${describe(item)}`, {expected: 'a map with a name and a module'})
    return []
  }
  const fields = fieldsOf(item)
  if (fields.has('block')) return [await readBlock(fields, inherited, loading)]
  if (fields.has('import_tasks')) return importTasks(item, fields, inherited, loading)
  if (fields.has('include_tasks')) return includeTasks(item, fields, inherited, loading)
  if (fields.has('meta')) return readMeta(item, fields, inherited, loading)
  const task = readTask(item, fields, inherited, loading)
  return task ? [task] : []
}

async function readBlock(fields: Fields, outer: Inherited, loading: Loading): Promise<Block> {
  checkKeywords(fields, blockKeywords, 'a block', loading)
  const inherited = inherit(outer, fields, loading, 'entry')
  const part = (name: string) => readEntries(fields.get(name), inherited, loading)
  return {kind: 'block', block: await part('block'), rescue: await part('rescue'), always: await part('always')}
}

async function importTasks(
  item: YamlMap,
  fields: Fields,
  outer: Inherited,
  loading: Loading,
): Promise<readonly Entry[]> {
  checkKeywords(fields, [...sharedKeywords, 'import_tasks'], 'import_tasks', loading)
  const inherited = inherit(outer, fields, loading, 'entry')
  const name = fileName(fields.get('import_tasks'), loading)
  const place = fields.get('import_tasks')?.value.source ?? item.source
  if (name === undefined) return []
  const written = withFolder(name, loading)
  if (/\{[{%]/.test(written)) {
    report(loading, place, 'import_tasks is read before variables are known', {
      expected: 'a file name without variables, or include_tasks',
    })
    return []
  }
  return readTaskFile(written, place, inherited, loading)
}

/** `file.yml` or `{file: file.yml}`. */
function fileName(entry: YamlEntry | undefined, loading: Loading): string | undefined {
  if (entry?.value.kind !== 'map') return textOf(entry, loading)
  const fields = fieldsOf(entry.value)
  checkKeywords(fields, ['file'], entry.key, loading)
  if (!fields.has('file'))
    report(loading, entry.value.source, `"${entry.key}" needs the name of a file`, {expected: 'file: NAME'})
  return textOf(fields.get('file'), loading)
}

function withFolder(name: string, {playbookFolder}: Loading): string {
  return name.replaceAll(/\{\{\s*playbook_dir\s*\}\}/g, playbookFolder)
}

async function readTaskFile(
  name: string,
  place: Source,
  inherited: Inherited,
  loading: Loading,
): Promise<readonly Entry[]> {
  const path = find(name, place, loading)
  if (loading.files.includes(path)) {
    report(loading, place, `"${name}" imports itself`)
    return []
  }
  const root = await readYaml(path, place, loading)
  if (!root || (root.kind === 'scalar' && root.value === null)) return []
  if (root.kind === 'list') return readItems(root.items, inherited, {...loading, files: [...loading.files, path]})
  report(loading, root.source, `a file of tasks cannot be ${describe(root)}`, {expected: 'a list of tasks'})
  return []
}

/** Beside the file that names it, else in the playbook's folder or its tasks/. */
function find(name: string, place: Source, {playbookFolder}: Loading): string {
  const beside = resolve(dirname(place.file), name)
  const others = [resolve(playbookFolder, name), join(playbookFolder, 'tasks', name)]
  return [beside, ...others].find(path => existsSync(path)) ?? beside
}

function includeTasks(item: YamlMap, fields: Fields, outer: Inherited, loading: Loading): readonly Include[] {
  const loop = fields.get('loop') ?? fields.get('with_items')
  if (loop)
    report(
      loading,
      loop.source,
      'a loop over include_tasks is not supported yet: put the loop on the tasks in the file',
    )
  checkKeywords(fields, [...sharedKeywords, 'include_tasks', 'loop', 'with_items'], 'include_tasks', loading)
  const own = inherit(outer, fields, loading, 'entry')
  const file = fileName(fields.get('include_tasks'), loading)
  if (file === undefined) return []
  const place = fields.get('include_tasks')?.value.source ?? item.source
  const name = textOf(fields.get('name'), loading)
  const {when, vars, tags, become} = own
  const load = (rendered: string) => loadIncluded(rendered, place, {...own, when: [], tags: outer.tags}, loading)
  return [{kind: 'include', name, file: withFolder(file, loading), source: item.source, when, vars, tags, become, load}]
}

async function loadIncluded(
  name: string,
  place: Source,
  inherited: Inherited,
  loading: Loading,
): Promise<readonly Entry[]> {
  const own: Loading = {...loading, problems: []}
  const entries = await readTaskFile(name, place, inherited, own)
  if (own.problems.length > 0) throw new ConfigError(own.problems)
  return entries
}

const actions = ['flush_handlers', 'end_play', 'end_host', 'noop'] as const
const metasNotYet = [
  'clear_facts',
  'refresh_inventory',
  'clear_host_errors',
  'end_batch',
  'reset_connection',
  'end_role',
]

function readMeta(item: YamlMap, fields: Fields, outer: Inherited, loading: Loading): readonly Meta[] {
  checkKeywords(fields, ['name', 'meta', 'when', 'tags', 'vars'], 'meta', loading)
  const word = textOf(fields.get('meta'), loading)
  const {when, tags} = inherit(outer, fields, loading, 'entry')
  const action = actions.find(known => known === word)
  if (action) return [{kind: 'meta', action, source: item.source, when, tags}]
  if (word !== undefined) unknownAction(word, fields.get('meta')?.value.source ?? item.source, loading)
  return []
}

function unknownAction(word: string, place: Source, loading: Loading): void {
  const known = actions.join(', ')
  if (metasNotYet.includes(word)) report(loading, place, `meta "${word}" is not supported yet: use one of ${known}`)
  else report(loading, place, `there is no meta "${word}"`, {expected: known, suggestion: didYouMean(word, actions)})
}
