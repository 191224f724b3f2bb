import {dirname, resolve} from 'node:path'
import {ConfigError, type Source} from '../errors.ts'
import type {Module} from '../module.ts'
import type {Play} from '../play.ts'
import type {YamlMap, YamlNode} from '../yaml.ts'
import {checkKeywords, conditionsOf, fieldsOf, textOf, varsOf, wordsOf} from './fields.ts'
import {describe, type Inherited, type Loading, nothingBrought, nothingInherited, report} from './loading.ts'
import {readPlay} from './play.ts'
import {readYaml} from './read-yaml.ts'

/**
 * Reads a playbook with everything that it imports, and checks it as far as that is possible without variables. Throws ConfigError
 * with all problems.
 */
export async function loadPlaybook(file: string, modules: ReadonlyMap<string, Module>): Promise<readonly Play[]> {
  const path = resolve(file)
  const loading: Loading = {
    modules,
    problems: [],
    playbookFolder: dirname(path),
    files: [path],
    brought: nothingBrought(),
  }
  const plays = await readPlays(path, {file: path, line: 1, column: 1}, nothingInherited, loading)
  if (loading.problems.length > 0) throw new ConfigError(sorted(distinct(loading.problems)))
  return plays
}

async function readPlays(
  path: string,
  source: Source,
  inherited: Inherited,
  loading: Loading,
): Promise<readonly Play[]> {
  const root = await readYaml(path, source, loading)
  if (!root) return []
  if (root.kind !== 'list')
    report(loading, root.source, `a playbook cannot be ${describe(root)}`, {
      expected: 'a list of plays, each with a dash: "- hosts: …"',
    })
  const items = root.kind === 'list' ? root.items : []
  const plays: Play[] = []
  for (const item of items) plays.push(...(await readItem(item, inherited, loading)))
  return plays
}

async function readItem(item: YamlNode, inherited: Inherited, loading: Loading): Promise<readonly Play[]> {
  if (item.kind === 'map')
    return fieldsOf(item).has('import_playbook')
      ? importPlays(item, inherited, loading)
      : [await readPlay(item, inherited, loading)]
  report(loading, item.source, `a play cannot be ${describe(item)}`, {expected: 'a map with hosts and tasks'})
  return []
}

async function importPlays(item: YamlMap, inherited: Inherited, loading: Loading): Promise<readonly Play[]> {
  const fields = fieldsOf(item)
  checkKeywords(fields, ['import_playbook', 'name', 'when', 'tags', 'vars'], 'import_playbook', loading)
  const name = textOf(fields.get('import_playbook'), loading)
  const place = fields.get('import_playbook')?.value.source ?? item.source
  if (name === undefined) return []
  const path = resolve(dirname(place.file), name)
  if (loading.files.includes(path)) {
    report(loading, place, `"${name}" imports itself`)
    return []
  }
  const below: Inherited = {
    ...inherited,
    tags: [...inherited.tags, ...(wordsOf(fields.get('tags'), loading, true) ?? [])],
    when: [...inherited.when, ...(conditionsOf(fields.get('when'), loading) ?? [])],
    vars: {...inherited.vars, ...varsOf(fields.get('vars'), loading)},
  }
  return readPlays(path, place, below, {...loading, files: [...loading.files, path]})
}

/** By line within a file; files stay in the order in which they were read. */
function sorted(problems: ConfigError['problems']): ConfigError['problems'] {
  const files = [...new Set(problems.map(problem => problem.source.file))]
  return problems.toSorted(
    ({source: left}, {source: right}) =>
      files.indexOf(left.file) - files.indexOf(right.file) || left.line - right.line || left.column - right.column,
  )
}

/** What module_defaults say is told once, not for each task. */
function distinct(problems: ConfigError['problems']): ConfigError['problems'] {
  return [...new Map(problems.map(problem => [JSON.stringify(problem), problem])).values()]
}
