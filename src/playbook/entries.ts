import type {Source} from '../errors.ts'
import {didYouMean} from '../nearest.ts'
import type {Block, Entry, Meta} from '../play.ts'
import type {YamlEntry, YamlMap, YamlNode} from '../yaml.ts'
import {checkKeywords, fieldsOf, itemsOf, textOf} from './fields.ts'
import {inherit} from './inherit.ts'
import {blockKeywords, metaActions} from './keywords.ts'
import {describe, type Fields, type Inherited, type Loading, report} from './loading.ts'
import {inNewerWords} from './older-words.ts'
import {readTask} from './task.ts'
import {readImport, readInclude} from './task-files.ts'

/** Reads a list of tasks, blocks, imports, includes and metas. */
export async function readEntries(
  field: YamlEntry | undefined,
  inherited: Inherited,
  loading: Loading,
): Promise<readonly Entry[]> {
  return readItems(itemsOf(field, 'a list of tasks, each with a dash before it', loading), inherited, loading)
}

/** Reads the items of a list of tasks. */
export async function readItems(
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
  const fields = inNewerWords(fieldsOf(item), loading)
  if (fields.has('block')) return [await readBlock(fields, inherited, loading)]
  if (fields.has('import_tasks') || fields.has('import_role'))
    return readImport(item, fields, inherited, loading, readItems)
  if (fields.has('include_tasks') || fields.has('include_role'))
    return readInclude(item, fields, inherited, loading, readItems)
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

const metasNotYet = ['end_role']

function readMeta(item: YamlMap, fields: Fields, outer: Inherited, loading: Loading): readonly Meta[] {
  checkKeywords(fields, ['name', 'meta', 'when', 'tags', 'vars'], 'meta', loading)
  const word = textOf(fields.get('meta'), loading)
  const {when, tags} = inherit(outer, fields, loading, 'entry')
  const action = metaActions.find(known => known === word)
  if (action) return [{kind: 'meta', action, source: item.source, when, tags}]
  if (word !== undefined) unknownAction(word, fields.get('meta')?.value.source ?? item.source, loading)
  return []
}

function unknownAction(word: string, place: Source, loading: Loading): void {
  const known = metaActions.join(', ')
  if (metasNotYet.includes(word)) report(loading, place, `meta "${word}" is not supported yet: use one of ${known}`)
  else
    report(loading, place, `there is no meta "${word}"`, {expected: known, suggestion: didYouMean(word, metaActions)})
}
