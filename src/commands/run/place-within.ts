import {readFile} from 'node:fs/promises'
import {placeOf} from '../../argument-spec/specs.ts'
import type {Source} from '../../errors.ts'
import type {Variable} from '../../inventory/variable.ts'
import {parseYaml, type YamlEntry, type YamlNode} from '../../yaml.ts'

/** Where a part of a variable's value stands, or the key of that part, as far as its file tells; else where the variable does. */
export async function placeWithin(
  {source, printed}: Variable,
  path: readonly (string | number)[],
  of: 'key' | 'value',
): Promise<Source> {
  if (printed || path.length === 0 || !/\.(?:ya?ml|json)$/.test(source.file)) return source
  const entry = entryAt(parseYaml(await readFile(source.file, 'utf8'), source.file), source)
  return placeOf(entry?.value, path, of) ?? source
}

function entryAt(node: YamlNode, {line, column}: Source): YamlEntry | undefined {
  const entries = node.kind === 'map' ? node.entries : []
  const below = node.kind === 'list' ? node.items : entries.map(({value}) => value)
  const own = entries.find(({source}) => source.line === line && source.column === column)
  return own ?? below.map(one => entryAt(one, {file: '', line, column})).find(one => one !== undefined)
}
