import {ConfigError, type Problem, type Source} from '../errors.ts'
import {didYouMean} from '../nearest.ts'
import {parseYaml, plain, type YamlEntry, type YamlMap, type YamlNode} from '../yaml.ts'
import {gatherNow} from './gather.ts'
import {addGroup, addGroupVariable, addHost, type Group, type Groups} from './groups.ts'
import {type HostPattern, readHostPattern} from './host-pattern.ts'
import type {Variable} from './variable.ts'

const keys = ['hosts', 'children', 'vars']

/** Reads Ansible's YAML inventory into `found`: groups with hosts, children and vars. Throws ConfigError with all problems. */
export function readYamlInventory(text: string, file: string, found: Groups): void {
  const reading: Reading = {found, problems: []}
  for (const entry of groupsOf(parseYaml(text, file), reading)) readGroup(entry, reading)
  if (reading.problems.length > 0) throw new ConfigError(reading.problems)
}

type Reading = {readonly found: Groups; readonly problems: Problem[]}

function groupsOf(node: YamlNode, reading: Reading): YamlMap['entries'] {
  const entries = entriesOf(node, 'a map of groups', reading)
  const plugin = entries.find(entry => entry.key === 'plugin' && entry.value.kind === 'scalar')
  if (!plugin) return entries
  const message = 'this is the configuration of an inventory plugin, and plugins are not supported'
  reading.problems.push({source: plugin.source, message, expected: "a program that prints the plugin's hosts as JSON"})
  return []
}

function readGroup(entry: YamlEntry, reading: Reading): void {
  const group = addGroup(reading.found, entry.key, entry.source)
  for (const part of entriesOf(entry.value, 'hosts, children or vars', reading))
    readPart(part, entry.key, group, reading)
}

function readPart(part: YamlEntry, name: string, group: Group, reading: Reading): void {
  if (part.key === 'hosts') readHosts(part, group, reading)
  else if (part.key === 'children') readChildren(part, name, group, reading)
  else if (part.key === 'vars') readVars(part.value, group, reading)
  else reading.problems.push(unknownKey(part, name))
}

function unknownKey(part: YamlEntry, group: string): Problem {
  const suggestion = didYouMean(part.key, keys)
  const message = `the group "${group}" has no key "${part.key}"`
  return {source: part.source, message, expected: keys.join(', '), ...(suggestion && {suggestion})}
}

function readVars(node: YamlNode, group: Group, reading: Reading): void {
  for (const variable of variablesOf(node, reading))
    gatherNow(() => addGroupVariable(group, variable), reading.problems)
}

function readHosts(part: YamlEntry, group: Group, reading: Reading): void {
  for (const entry of namesOf(part.value, 'a map of hosts, each with a colon after its name', reading)) {
    const {names, port} = hostPattern(entry, reading)
    const vars = variablesOf(entry.value, reading)
    for (const name of names) addHost(reading.found, group, name, {source: entry.source, vars, port})
  }
}

function hostPattern({key, source}: YamlEntry, reading: Reading): HostPattern {
  try {
    return readHostPattern(key)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    reading.problems.push({source, message, expected: 'web[01:20]'})
    return {names: [], port: undefined}
  }
}

function readChildren(part: YamlEntry, name: string, group: Group, reading: Reading): void {
  for (const entry of namesOf(part.value, 'a map of groups, each with a colon after its name', reading)) {
    if (entry.key !== name) group.children.add(entry.key)
    readGroup(entry, reading)
  }
}

function variablesOf(node: YamlNode, reading: Reading): readonly Variable[] {
  const entries = entriesOf(node, 'a map of variables', reading)
  return entries.map(({key, source, value}) => ({name: key, value: plain(value), source}))
}

/** One name alone may do without the colon. */
function namesOf(node: YamlNode, expected: string, reading: Reading): YamlMap['entries'] {
  if (node.kind !== 'scalar' || typeof node.value !== 'string' || /\s/.test(node.value))
    return entriesOf(node, expected, reading)
  return [{key: node.value, source: node.source, value: {...node, value: null}}]
}

/** The entries of a map; nothing at all counts as an empty one. */
function entriesOf(node: YamlNode, expected: string, reading: Reading): YamlMap['entries'] {
  if (node.kind === 'map') return node.entries
  if (node.kind !== 'scalar' || node.value !== null) reading.problems.push(wrongKind(node, node.source, expected))
  return []
}

function wrongKind(node: YamlNode, source: Source, expected: string): Problem {
  const found = node.kind === 'list' ? 'a list' : node.kind === 'scalar' ? `"${node.value}"` : 'a map'
  return {source, message: `found ${found} here`, expected}
}
