import {readFileSync} from 'node:fs'
import {resolve} from 'node:path'
import {UsageError} from '../../errors.ts'
import type {Value, Values} from '../../module.ts'
import {isList} from '../../value.ts'
import {parseYaml, parseYamlValue, plain} from '../../yaml.ts'

/** Reads -e: `name=value …`, a JSON or YAML map, or @file. Later ones win. Throws UsageError, and ConfigError for a file. */
export function extraVars(given: readonly string[]): Values {
  return Object.assign({}, ...given.map(one))
}

function one(text: string): Values {
  if (text.startsWith('@')) return named(ofFile(text.slice(1)), text)
  if (/^\s*\{/.test(text)) return named(parse(text, text), text)
  return Object.fromEntries(words(text).map(word => pair(word, text)))
}

function ofFile(file: string): Value {
  return plain(parseYaml(readFile(file), resolve(file)))
}

function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new UsageError(`cannot read the file of -e @${file}`)
  }
}

function named(value: Value, given: string): Values {
  if (typeof value === 'object' && value !== null && !isList(value)) return value
  throw new UsageError(`-e ${given}: expected named values, such as color: red`)
}

function parse(text: string, given: string): Value {
  try {
    return parseYamlValue(text)
  } catch (error) {
    throw new UsageError(`-e ${given}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Splits at spaces outside quotes. */
function words(text: string): readonly string[] {
  return text.match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? []
}

function pair(word: string, given: string): readonly [string, Value] {
  const at = word.indexOf('=')
  if (at < 1) throw new UsageError(`-e ${given}: expected name=value, and found ${word}`)
  return [word.slice(0, at), word.slice(at + 1).replace(/^(["'])(.*)\1$/, '$2')]
}
