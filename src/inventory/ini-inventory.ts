import {ConfigError, type Problem, type Source} from '../errors.ts'
import {didYouMean} from '../nearest.ts'
import {gatherNow} from './gather.ts'
import {addGroup, addGroupVariable, type Group, type Groups} from './groups.ts'
import {readHostLine} from './ini-host-line.ts'
import {pythonLiteral} from './python-literal.ts'
import type {Variable} from './variable.ts'

const kinds = ['hosts', 'children', 'vars']

/** Reads Ansible's INI inventory into `found`: [group], [group:children], [group:vars]. Throws ConfigError with all problems. */
export function readIniInventory(text: string, file: string, found: Groups): void {
  const known = new Set(found.groups.keys())
  const reading: Reading = {file, found, known, mentions: [], problems: []}
  let section: Section = {group: addGroup(found, 'ungrouped'), kind: 'hosts'}
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const whole: Line = {text: line.trim(), place: {file, line: index + 1, column: line.search(/\S|$/) + 1}}
    if (/^[#;]|^$/.test(whole.text)) continue
    if (/^\[[^\]]*\]\s*(?:#.*)?$/.test(whole.text) || /^\[.*\]$/.test(whole.text))
      section = readSection(whole, section, reading)
    else gatherNow(() => readLine(whole, section, reading), reading.problems)
  }
  reading.problems.push(...unknownGroups(reading))
  if (reading.problems.length > 0) throw new ConfigError(reading.problems.toSorted(byLine))
}

/** A line without the space around it, and where it begins. */
type Line = {readonly text: string; readonly place: Source}

type Section = {readonly group: Group; readonly kind: string}

/** A group that is used, and must be said somewhere: in [group] or below [group:children]. */
type Mention = {readonly name: string; readonly source: Source; readonly message: string}

type Reading = {
  readonly file: string
  readonly found: Groups
  readonly known: Set<string>
  readonly mentions: Mention[]
  readonly problems: Problem[]
}

function readSection({text, place}: Line, before: Section, reading: Reading): Section {
  const [, name, kind = 'hosts'] = /^\[([^:\]\s]+)(?::(\w+))?\]\s*(?:#.*)?$/.exec(text) ?? []
  const source = {...place, column: place.column + 1}
  if (name === undefined) {
    reading.problems.push({source, message: `${text} names no group`, expected: '[web], [web:children] or [web:vars]'})
    return before
  }
  if (!kinds.includes(kind)) reading.problems.push(unknownKind(name, kind, source))
  else if (kind === 'vars')
    reading.mentions.push({name, source, message: `there is no group "${name}" for [${name}:vars]`})
  else reading.known.add(name)
  return {group: addGroup(reading.found, name, source), kind}
}

function unknownKind(name: string, kind: string, source: Source): Problem {
  const suggestion = didYouMean(kind, kinds)
  const place = {...source, column: source.column + name.length + 1}
  const message = `[${name}:${kind}] is no kind of section`
  const expected = `[${name}], [${name}:children] or [${name}:vars]`
  return {source: place, message, expected, ...(suggestion && {suggestion})}
}

function readLine(line: Line, {group, kind}: Section, reading: Reading): void {
  if (kind === 'hosts') readHostLine(line.text, line.place, group, reading.found)
  if (kind === 'vars') addGroupVariable(group, readVariable(line))
  if (kind === 'children') readChild(line, group, reading)
}

function readVariable({text, place}: Line): Variable {
  const at = text.indexOf('=')
  if (at < 1) throw new ConfigError([{source: place, message: `found "${text}" here`, expected: 'name=value'}])
  const value = text.slice(at + 1).trim()
  return {name: text.slice(0, at).trim(), value: pythonLiteral(value), source: place}
}

function readChild({text, place}: Line, group: Group, reading: Reading): void {
  const [, name] = /^([^:\]\s]+)\s*(?:#.*)?$/.exec(text) ?? []
  if (name === undefined)
    throw new ConfigError([{source: place, message: `"${text}" names no group`, expected: 'one group per line'}])
  reading.mentions.push({name, source: place, message: `there is no group "${name}"`})
  group.children.add(name)
  addGroup(reading.found, name, place)
}

function unknownGroups({mentions, known}: Reading): readonly Problem[] {
  return mentions
    .filter(({name}) => !known.has(name))
    .map(({name, source, message}) => {
      const suggestion = didYouMean(name, known)
      return {source, message, expected: `a section [${name}]`, ...(suggestion && {suggestion})}
    })
}

function byLine(left: Problem, right: Problem): number {
  return left.source.line - right.source.line || left.source.column - right.source.column
}
