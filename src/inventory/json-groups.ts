import {ConfigError, type Source} from '../errors.ts'
import type {Value, Values} from '../module.ts'
import {isList} from '../value.ts'
import {addGroup, addGroupVariable, addHost, type Group, type Groups} from './groups.ts'
import type {Variable} from './variable.ts'

/** The hosts that a program's list names, and whether it gives their variables, too. */
export type JsonGroups = {readonly hosts: ReadonlySet<string>; readonly hasHostVariables: boolean}

/** Reads what an inventory program prints for --list into `found`. Throws ConfigError, which names the program. */
export function readJsonGroups(root: Value, file: string, found: Groups): JsonGroups {
  const reading: Reading = {found, hosts: new Set(), source: {file, line: 1, column: 1}}
  const {_meta: meta, ...groups} = map(root, '--list', reading.source)
  for (const [name, group] of Object.entries(groups)) readGroup(name, group, reading)
  const hostvars = meta === undefined ? undefined : map(meta, '_meta', reading.source).hostvars
  if (hostvars === undefined) return {hosts: reading.hosts, hasHostVariables: false}
  for (const [host, vars] of Object.entries(map(hostvars, '_meta.hostvars', reading.source)))
    if (reading.hosts.has(host)) found.hosts.get(host)?.vars.push(...variables(vars, host, reading.source))
  return {hosts: reading.hosts, hasHostVariables: true}
}

/** Reads what an inventory program prints for --host. Throws ConfigError, which names the program. */
export function hostVariables(root: Value, file: string, what: string): readonly Variable[] {
  return variables(root, what, {file, line: 1, column: 1})
}

type Reading = {readonly found: Groups; readonly hosts: Set<string>; readonly source: Source}

function readGroup(name: string, value: Value, reading: Reading): void {
  const group = addGroup(reading.found, name, reading.source)
  if (isList(value)) return readHosts(value, name, group, reading)
  const parts = map(value, `the group "${name}"`, reading.source)
  const {hosts, vars, children} = parts
  if (hosts === undefined && vars === undefined && children === undefined) return readAlone(parts, name, group, reading)
  if (hosts !== undefined) readHosts(hosts, name, group, reading)
  if (vars !== undefined) addVariables(vars, name, group, reading)
  if (children !== undefined) readChildren(children, name, group, reading)
}

/** A map without hosts, vars or children is a host of the group's own name, with these variables. */
function readAlone(value: Value, name: string, group: Group, reading: Reading): void {
  nameHost(name, group, reading)
  addVariables(value, name, group, reading)
}

function readHosts(value: Value, group: string, into: Group, reading: Reading): void {
  for (const name of names(value, `the hosts of "${group}"`, reading.source)) nameHost(name, into, reading)
}

function nameHost(name: string, group: Group, {found, hosts, source}: Reading): void {
  hosts.add(name)
  addHost(found, group, name, {source, vars: []})
}

function addVariables(value: Value, name: string, group: Group, {source}: Reading): void {
  for (const variable of variables(value, `the vars of "${name}"`, source)) addGroupVariable(group, variable)
}

function readChildren(value: Value, name: string, group: Group, {found, source}: Reading): void {
  for (const child of names(value, `the children of "${name}"`, source)) {
    addGroup(found, child, source)
    group.children.add(child)
  }
}

function variables(value: Value, what: string, source: Source): readonly Variable[] {
  return Object.entries(map(value, what, source)).map(([name, value]) => ({name, value, source, printed: true}))
}

function names(value: Value, what: string, source: Source): readonly string[] {
  if (!isList(value)) throw wrong(source, what, 'a list of names')
  return value.map(item => {
    if (typeof item === 'object' || item === '') throw wrong(source, what, 'a list of names')
    return String(item)
  })
}

function map(value: Value, what: string, source: Source): Values {
  if (typeof value === 'object' && value !== null && !isList(value)) return value
  throw wrong(source, what, 'a map')
}

function wrong(source: Source, what: string, expected: string): ConfigError {
  return new ConfigError([{source, message: `the inventory program printed something else for ${what}`, expected}])
}
