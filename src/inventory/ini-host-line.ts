import {ConfigError, type Source} from '../errors.ts'
import {shellWords, type Word} from '../shell/words.ts'
import {addHost, type Group, type Groups} from './groups.ts'
import {type HostPattern, readHostPattern} from './host-pattern.ts'
import {pythonLiteral} from './python-literal.ts'
import type {Variable} from './variable.ts'

/** Reads `web[01:20]:2222 color=red # comment` into a group. Throws ConfigError. */
export function readHostLine(text: string, place: Source, group: Group, found: Groups): void {
  const words = shellWords(text, {comments: true})
  if (!words) throw wrong(place, 'a quote is not closed on this line', 'the same quote again')
  const [first, ...others] = words
  if (!first) return
  const {names, port} = hostPattern(first, place)
  const vars = others.map(word => variable(word, placeOf(word, place)))
  for (const name of names) addHost(found, group, name, {source: place, vars, port})
}

function hostPattern({text}: Word, place: Source): HostPattern {
  if (text === '---') throw wrong(place, '--- begins a YAML file, and this is read as INI', 'a name that ends in .yml')
  try {
    return readHostPattern(text)
  } catch (error) {
    throw wrong(place, error instanceof Error ? error.message : String(error), 'web[01:20] or web:2222')
  }
}

function variable({text}: Word, source: Source): Variable {
  const at = text.indexOf('=')
  if (at < 1) throw wrong(source, `found "${text}" after a host`, 'name=value, without spaces around =')
  const value = text.slice(at + 1)
  return {name: text.slice(0, at), value: pythonLiteral(value), source}
}

function placeOf({column}: Word, place: Source): Source {
  return {...place, column: place.column + column - 1}
}

function wrong(source: Source, message: string, expected: string): ConfigError {
  return new ConfigError([{source, message, expected}])
}
