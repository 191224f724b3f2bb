import {readFile} from 'node:fs/promises'
import {resolve} from 'node:path'
import {type Mismatch, mismatchesOf} from '../../argument-spec/mismatch.ts'
import {mismatchInWords} from '../../argument-spec/mismatch-in-words.ts'
import {isSecret, type Option} from '../../argument-spec/option.ts'
import type {Declared} from '../../argument-spec/read-options.ts'
import {placeOf} from '../../argument-spec/specs.ts'
import {ConfigError, type Problem, UsageError} from '../../errors.ts'
import type {Value} from '../../module.ts'
import {didYouMean} from '../../nearest.ts'
import {hasTemplate, isMap} from '../../value.ts'
import type {Site} from '../../wizard/site.ts'
import {parseYaml, plain, type YamlNode} from '../../yaml.ts'

/** Reads the answers of a file: `host`, ansible_ variables and inputs, each by its name. Throws UsageError, and ConfigError with all that is wrong. */
export async function readAnswers(name: string, declared: Declared): Promise<Site> {
  const text = await readFile(name, 'utf8').catch((error: Error) => {
    throw new UsageError(`the file of --answers cannot be read: ${error.message}`)
  })
  const root = parseYaml(text, resolve(name))
  const values = plain(root)
  if (!isMap(values)) throw new ConfigError([{source: root.source, message: 'the answers must be a map', expected}])
  const problems = [...lacking(values, root), ...unknown(root, declared), ...mismatches(values, root, declared)]
  if (problems.length > 0) throw new ConfigError(problems)
  const part = (wanted: (key: string) => boolean) =>
    Object.fromEntries(Object.entries(values).filter(([key]) => wanted(key)))
  return {
    name: String(values.host ?? 'chat1'),
    way: part(isWay),
    inputs: part(key => key !== 'host' && !isWay(key)),
  }
}

const expected = 'host, ansible_host, ansible_user and the like, and inputs, each by its name'

function isWay(key: string): boolean {
  return key.startsWith('ansible_')
}

function lacking(values: {readonly [name: string]: Value}, {source}: YamlNode): readonly Problem[] {
  if (values.ansible_host !== undefined) return []
  return [{source, message: 'the answers lack ansible_host', expected: 'ansible_host: 203.0.113.10 (for example)'}]
}

function unknown(root: YamlNode, {options}: Declared): readonly Problem[] {
  const known = Object.keys(options)
  const strange = entriesOf(root).filter(({key}) => key !== 'host' && !isWay(key) && !known.includes(key))
  return strange.map(({key, source}) => {
    const suggestion = didYouMean(key, ['host', ...known])
    return {source, message: `there is no input "${key}"`, expected, ...(suggestion && {suggestion})}
  })
}

function mismatches(values: {readonly [name: string]: Value}, root: YamlNode, {options}: Declared): readonly Problem[] {
  const wrong = mismatchesOf(options, values).filter(({value}) => !hasTemplate(value))
  return wrong.map(mismatch => told(mismatch, root, options[String(mismatch.path[0])] ?? {}))
}

/** A line with a map may hold the secret that is a part of it: it is not shown. */
function told(mismatch: Mismatch, root: YamlNode, option: Option): Problem {
  const of = mismatch.kind === 'unknown' ? 'key' : 'value'
  const source = placeOf(root, mismatch.path, of) ?? root.source
  const secret = isSecret(option) || isSecret(mismatch.option)
  const beside = secret || Object.values(option.options ?? {}).some(isSecret)
  return {...mismatchInWords(mismatch, secret), source, ...(beside && {secret: true})}
}

function entriesOf(node: YamlNode) {
  return node.kind === 'map' ? node.entries : []
}
