import {ConfigError, type Problem, type Source} from '../errors.ts'
import type {Values} from '../module.ts'
import {didYouMean} from '../nearest.ts'
import {parseYaml, plain, type YamlEntry, type YamlMap, type YamlNode} from '../yaml.ts'
import {addGroup, addHost, type Group, type Groups, noGroups} from './groups.ts'
import {expandRange} from './range.ts'

const keys = ['hosts', 'children', 'vars']

/** Reads Ansible's YAML inventory: groups with hosts, children and vars. Throws ConfigError with all problems. */
export function groupsOfYaml(text: string, file: string): Groups {
  const reading: Reading = {found: noGroups(), problems: []}
  for (const entry of entriesOf(parseYaml(text, file), 'a map of groups', reading)) readGroup(entry, reading)
  if (reading.problems.length > 0) throw new ConfigError(reading.problems)
  return reading.found
}

type Reading = {readonly found: Groups; readonly problems: Problem[]}

function readGroup(entry: YamlEntry, reading: Reading): void {
  const group = addGroup(reading.found, entry.key)
  for (const part of entriesOf(entry.value, 'hosts, children or vars', reading))
    readPart(part, entry.key, group, reading)
}

function readPart(part: YamlEntry, name: string, group: Group, reading: Reading): void {
  if (part.key === 'hosts') readHosts(part, group, reading)
  else if (part.key === 'children') readChildren(part, name, group, reading)
  else if (part.key === 'vars') group.vars = {...group.vars, ...varsOf(part.value, reading)}
  else reading.problems.push(unknownKey(part, name))
}

function unknownKey(part: YamlEntry, group: string): Problem {
  const suggestion = didYouMean(part.key, keys)
  const message = `the group "${group}" has no key "${part.key}"`
  return {source: part.source, message, expected: keys.join(', '), ...(suggestion && {suggestion})}
}

function readHosts(part: YamlEntry, group: Group, reading: Reading): void {
  for (const entry of entriesOf(part.value, 'a map of hosts, each with a colon after its name', reading)) {
    for (const host of names(entry, reading)) {
      addHost(reading.found, host, varsOf(entry.value, reading))
      group.hosts.add(host)
    }
  }
}

function names(entry: YamlEntry, reading: Reading): readonly string[] {
  try {
    return expandRange(entry.key)
  } catch (error) {
    reading.problems.push({
      source: entry.source,
      message: error instanceof Error ? error.message : String(error),
      expected: 'web[01:20]',
    })
    return []
  }
}

function readChildren(part: YamlEntry, name: string, group: Group, reading: Reading): void {
  for (const entry of entriesOf(part.value, 'a map of groups, each with a colon after its name', reading)) {
    if (entry.key !== name) group.children.add(entry.key)
    readGroup(entry, reading)
  }
}

function varsOf(node: YamlNode, reading: Reading): Values {
  return Object.fromEntries(
    entriesOf(node, 'a map of variables', reading).map(entry => [entry.key, plain(entry.value)]),
  )
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
