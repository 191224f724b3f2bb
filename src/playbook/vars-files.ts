import {existsSync} from 'node:fs'
import {dirname, resolve} from 'node:path'
import type {Source} from '../errors.ts'
import type {Values} from '../module.ts'
import type {VarsFile} from '../play.ts'
import {hasTemplate} from '../value.ts'
import {plain, type YamlNode} from '../yaml.ts'
import {checkTemplates} from './check-templates.ts'
import {itemsOf} from './fields.ts'
import {type Fields, type Loading, report} from './loading.ts'
import {readYaml} from './read-yaml.ts'

/** What vars_files of a play brings: values that are known now, and from the first file on whose name has variables, files to be read later. */
export type VarsFiles = {readonly values: Values; readonly late: readonly VarsFile[]}

/** Reads vars_files. An item that is a list stands for the first of its files that is there. */
export async function readVarsFiles(fields: Fields, loading: Loading): Promise<VarsFiles> {
  let values: Values = {}
  const late: VarsFile[] = []
  for (const item of itemsOf(fields.get('vars_files'), 'a list of files', loading)) {
    const file = {names: namesOf(item, loading), source: item.source}
    const isLate = file.names.some(hasTemplate)
    const found = isLate ? {} : await readFirst(file, loading)
    if (isLate || late.length > 0) late.push(file)
    else values = {...values, ...found}
  }
  return {values, late}
}

function namesOf(item: YamlNode, loading: Loading): readonly string[] {
  checkTemplates(item, loading)
  const nodes = item.kind === 'list' ? item.items : [item]
  return nodes.flatMap(node => {
    const name = plain(node)
    if (typeof name === 'string') return [name.replaceAll(/\{\{\s*playbook_dir\s*\}\}/g, () => loading.playbookFolder)]
    report(loading, node.source, 'vars_files takes names of files', {
      expected: 'a list of texts, or of lists of texts of which the first file that is there is taken',
    })
    return []
  })
}

async function readFirst({names, source}: VarsFile, loading: Loading): Promise<Values> {
  const folder = dirname(source.file)
  const places = names.flatMap(name => [resolve(folder, 'vars', name), resolve(folder, name)])
  const beside = resolve(folder, names[0] ?? '')
  const found = places.find(place => existsSync(place))
  if (found !== undefined || names.length === 1) return readFile(found ?? beside, source, loading)
  if (names.length > 0) report(loading, source, `none of these files is there: ${names.join(', ')}`)
  return {}
}

async function readFile(path: string, source: Source, loading: Loading): Promise<Values> {
  const node = await readYaml(path, source, loading)
  if (!node || (node.kind === 'scalar' && node.value === null)) return {}
  if (node.kind === 'map') return Object.fromEntries(node.entries.map(entry => [entry.key, plain(entry.value)]))
  report(loading, node.source, 'this file holds no variables', {expected: 'a map: name: value'})
  return {}
}
