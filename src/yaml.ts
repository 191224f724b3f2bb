import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  stringify,
  type YAMLParseError,
} from 'yaml'
import {ConfigError, type Problem, type Source} from './errors.ts'
import type {Value} from './module.ts'
import {isVaultText} from './vault/decrypt.ts'
import {vault} from './vault/vault.ts'
import {beginningOf, mistake, unquotedBraces} from './yaml-mistakes.ts'
import {scalarOf} from './yaml-scalar.ts'

/** A value of a YAML file that knows its place. Maps keep the place of every key. */
export type YamlNode = YamlScalar | YamlList | YamlMap

/** A text, number, truth value or nothing. */
export type YamlScalar = {
  readonly kind: 'scalar'
  readonly value: null | boolean | number | string
  readonly source: Source
  /** Where the text itself begins: after a quote, or on the line below | and >. */
  readonly text: Source
  /** Written with | or >: all lines begin in the column of the first. */
  readonly block: boolean
}

/** A list with its items. */
type YamlList = {readonly kind: 'list'; readonly items: readonly YamlNode[]; readonly source: Source}

/** A map with its entries in the order of the file. */
export type YamlMap = {readonly kind: 'map'; readonly entries: readonly YamlEntry[]; readonly source: Source}

/** One key of a map with its value. */
export type YamlEntry = {readonly key: string; readonly source: Source; readonly value: YamlNode}

const options = {prettyErrors: false, version: '1.1', merge: true} as const

/** Reads a YAML file's text with the place of every value. Throws ConfigError with all mistakes in plain words. */
export function parseYaml(text: string, file: string): YamlNode {
  if (isVaultText(text)) return parseEncrypted(text, file)
  const counter = new LineCounter()
  const document = parseDocument(text, {...options, lineCounter: counter})
  const place = (offset: number): Source => ({
    file,
    line: counter.linePos(offset).line,
    column: counter.linePos(offset).col,
  })
  const mistakes = document.errors.map(error => told(error, text, place))
  if (mistakes.length > 0) throw new ConfigError(worthTelling(mistakes))
  const reading: Reading = {document, text, place, problems: []}
  const root = convert(document.contents, reading)
  if (reading.problems.length > 0) throw new ConfigError(reading.problems)
  return root
}

/** Reads YAML into a plain value, without places. Throws Error with a short message. */
export function parseYamlValue(text: string): Value {
  try {
    return plain(parseYaml(text, ''))
  } catch (error) {
    throw error instanceof ConfigError ? new Error(`this is not YAML: ${error.message}`) : error
  }
}

/** Writes a value as YAML that every reader takes for the same; long text stays on its line. */
export function writeYaml(value: Value): string {
  return stringify(value, {version: '1.1', singleQuote: true, lineWidth: 0})
}

/** Forgets the places. */
export function plain(node: YamlNode): Value {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'list') return node.items.map(plain)
  return Object.fromEntries(node.entries.map(entry => [entry.key, plain(entry.value)]))
}

function told({code, message, pos}: YAMLParseError, text: string, place: Reading['place']): Problem {
  const offset = pos[0] + text.slice(pos[0]).search(/\S|$/)
  return mistake(code, message, text, place(beginningOf(code, message, text, pos[0])), offset)
}

type Reading = {
  readonly document: Document
  readonly text: string
  readonly place: (offset: number) => Source
  readonly problems: Problem[]
}

/** What follows the first mistake in the grammar is mostly an echo of it; keys that stand twice are not. */
function worthTelling(mistakes: readonly Problem[]): readonly Problem[] {
  const isTwice = (problem: Problem) => problem.message.endsWith('stands here twice')
  const first = mistakes.find(problem => !isTwice(problem))
  return first ? [first] : mistakes.filter(isTwice)
}

function convert(node: unknown, reading: Reading): YamlNode {
  if (isAlias(node)) return convertAlias(node, reading)
  if (isMap(node)) return convertMap(node.items, sourceOf(node, reading), reading)
  if (isSeq(node))
    return {kind: 'list', items: node.items.map(item => convert(item, reading)), source: sourceOf(node, reading)}
  return isScalar(node) ? convertScalar(node, reading) : nothing(reading.place(0))
}

function convertAlias(node: Alias, reading: Reading): YamlNode {
  const found = node.resolve(reading.document)
  if (found) return convert(found, reading)
  const message = `nothing is called &${node.source}; text that begins with * needs quotes`
  reading.problems.push({source: sourceOf(node, reading), message})
  return nothing(sourceOf(node, reading))
}

function convertMap(pairs: readonly Pair[], source: Source, reading: Reading): YamlMap {
  const entries = pairs.flatMap(pair => convertPair(pair, source, reading))
  const lastOnes = new Map(entries.map(entry => [entry.key, entry]))
  const own = new Map(pairs.filter(pair => !isMerge(pair)).map(pair => [keyText(pair.key), true]))
  const kept = entries.filter(entry => !own.has(entry.key) || !entry.merged)
  return {
    kind: 'map',
    entries: kept.filter(entry => own.has(entry.key) || lastOnes.get(entry.key) === entry).map(strip),
    source,
  }
}

type MergedEntry = YamlEntry & {readonly merged: boolean}

function strip({key, source, value}: MergedEntry): YamlEntry {
  return {key, source, value}
}

function convertPair(pair: Pair, map: Source, reading: Reading): readonly MergedEntry[] {
  if (isMerge(pair)) return merged(pair, reading)
  const source = sourceOf(pair.key, reading)
  if (!isScalar(pair.key)) {
    reading.problems.push(isMap(pair.key) ? unquotedBraces(map) : {source, message: 'a key must be plain text'})
    return []
  }
  const value = pair.value === null ? nothing(source) : convert(pair.value, reading)
  return [{key: keyText(pair.key), source, value, merged: false}]
}

function merged(pair: Pair, reading: Reading): readonly MergedEntry[] {
  const value = convert(pair.value, reading)
  const maps = value.kind === 'list' ? value.items.toReversed() : [value]
  return maps.flatMap(map => (map.kind === 'map' ? map.entries.map(entry => ({...entry, merged: true})) : []))
}

function isMerge(pair: Pair): boolean {
  return isScalar(pair.key) && (pair.key.source === '<<' || pair.key.value === '<<') && pair.key.type === 'PLAIN'
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.type === 'PLAIN' ? key.source : key.value) : ''
}

function convertScalar(node: Scalar, reading: Reading): YamlScalar {
  const source = sourceOf(node, reading)
  if (node.tag === '!vault' || node.tag === '!vault-encrypted') return encryptedScalar(node, reading)
  if (node.tag?.startsWith('!') && node.tag !== '!unsafe') {
    reading.problems.push({source, message: `the tag ${node.tag} is not supported yet`, expected: 'a plain value'})
  }
  if (node.type === 'PLAIN' && typeof node.value === 'number' && losesZero.test(node.source ?? ''))
    reading.problems.push(shortened(source, node.source ?? '', node.value))
  const block = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED'
  return {
    kind: 'scalar',
    value: scalarOf(node),
    source,
    text: textPlace(node, block, reading),
    block,
  }
}

/** 3.10 is the number 3.1; who writes it means a version. */
const losesZero = /^[1-9]\d*\.\d*[1-9]0+$/

function shortened(source: Source, written: string, value: number): Problem {
  return {source, message: `${written} is the number ${value}`, expected: `quotes, if it is a version: "${written}"`}
}

/** A value that ansible-vault encrypted is what it was, and secret. */
function encryptedScalar(node: Scalar, reading: Reading): YamlScalar {
  const source = sourceOf(node, reading)
  try {
    const value = vault.open(String(node.value))
    vault.hide(value)
    return {kind: 'scalar', value, source, text: source, block: false}
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    reading.problems.push({source, message: `this value cannot be read: ${why}`, secret: true})
    return nothing(source)
  }
}

/** A file that ansible-vault encrypted: all that it says is secret, and its places are those of the text that it was. */
function parseEncrypted(text: string, file: string): YamlNode {
  const root = parseYaml(decrypted(text, file), file)
  hideTexts(plain(root))
  return root
}

function decrypted(text: string, file: string): string {
  try {
    return vault.open(text)
  } catch (error) {
    const message = `this file cannot be read: ${error instanceof Error ? error.message : String(error)}`
    throw new ConfigError([{source: {file, line: 1, column: 1}, message, secret: true}])
  }
}

/** Short values of a whole file are ports and the like; hidden everywhere, they would only hide counts. */
function hideTexts(value: Value): void {
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) hideTexts(part)
  else if (value !== null && String(value).length >= 4 && typeof value !== 'boolean') vault.hide(String(value))
}

function nothing(source: Source): YamlScalar {
  return {kind: 'scalar', value: null, source, text: source, block: false}
}

function textPlace(node: Scalar, block: boolean, {text, place}: Reading): Source {
  const start = node.range?.[0] ?? 0
  if (!block) return place(node.type?.startsWith('QUOTE') ? start + 1 : start)
  const below = text.indexOf('\n', start) + 1
  return place(below + text.slice(below).search(/[^\n ]/))
}

function sourceOf(node: unknown, {place}: Reading): Source {
  const range = isNode(node) ? node.range : undefined
  return place(range?.[0] ?? 0)
}

function isNode(node: unknown): node is Node {
  return isMap(node) || isSeq(node) || isScalar(node) || isAlias(node)
}
