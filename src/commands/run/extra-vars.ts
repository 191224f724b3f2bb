import {readFileSync} from 'node:fs'
import {UsageError} from '../../errors.ts'
import type {Value, Values} from '../../module.ts'
import {parseYamlValue} from '../../yaml.ts'

/** Reads -e: `name=value …`, a JSON or YAML map, or @file. Later ones win. Throws UsageError. */
export function extraVars(given: readonly string[]): Values {
  return Object.assign({}, ...given.map(one))
}

function one(text: string): Values {
  if (text.startsWith('@')) return map(readFile(text.slice(1)), text)
  if (/^\s*\{/.test(text)) return map(text, text)
  return Object.fromEntries(words(text).map(word => pair(word, text)))
}

function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new UsageError(`cannot read the file of -e @${file}`)
  }
}

function map(text: string, given: string): Values {
  const value = parse(text, given)
  if (typeof value === 'object' && value !== null && !isList(value)) return value
  throw new UsageError(`-e ${given}: expected named values`)
}

function parse(text: string, given: string): Value {
  try {
    return parseYamlValue(text)
  } catch (error) {
    throw new UsageError(`-e ${given}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
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
