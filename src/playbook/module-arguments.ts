import type {Module, Values} from '../module.ts'
import {plain, type YamlEntry} from '../yaml.ts'
import {argumentNames} from './argument-names.ts'
import {checkTemplates} from './check-templates.ts'
import {splitKeyValues} from './key-value.ts'
import {describe, type Fields, type Loading, report} from './loading.ts'

/** The arguments of a task's module, and where those stand that are written as a map. */
export type Arguments = {readonly args: Values; readonly places: Fields}

/** Reads a module's arguments: a map, `key=value` text, free text for modules that take it, and the keyword `args`. */
export function readArguments(
  module: Module,
  entry: YamlEntry,
  extra: YamlEntry | undefined,
  loading: Loading,
): Arguments {
  const own = readOwn(module, entry, loading)
  if (!extra) return byTheirNames(module, own)
  if (extra.value.kind !== 'map') {
    report(loading, extra.value.source, `"args" cannot be ${describe(extra.value)}`, {expected: 'a map of arguments'})
    return own
  }
  const more = ofMap(extra, loading)
  const both = {args: {...more.args, ...own.args}, places: new Map([...more.places, ...own.places])}
  return byTheirNames(module, both)
}

/** An argument that is given by another of its names stands under its own. */
function byTheirNames({aliases = {}}: Module, {args, places}: Arguments): Arguments {
  const own = (name: string) => aliases[name] ?? name
  return {
    args: Object.fromEntries(Object.entries(args).map(([name, value]) => [own(name), value])),
    places: new Map([...places].map(([name, entry]) => [own(name), entry])),
  }
}

function readOwn(module: Module, entry: YamlEntry, loading: Loading): Arguments {
  const {value} = entry
  if (value.kind === 'map') return ofMap(entry, loading)
  if (value.kind === 'scalar' && value.value === null) return {args: {}, places: new Map()}
  if (value.kind === 'scalar') return ofText(module, entry, String(value.value), loading)
  report(loading, value.source, `the arguments of "${entry.key}" cannot be a list`, {expected: 'a map of arguments'})
  return {args: {}, places: new Map()}
}

/** Arguments that are written as a map. */
export function ofMap(entry: YamlEntry, loading: Loading): Arguments {
  const {value} = entry
  checkTemplates(value, loading)
  if (value.kind !== 'map') return {args: {}, places: new Map()}
  return {
    args: Object.fromEntries(value.entries.map(argument => [argument.key, plain(argument.value)])),
    places: new Map(value.entries.map(argument => [argument.key, argument])),
  }
}

function ofText(module: Module, entry: YamlEntry, text: string, loading: Loading): Arguments {
  checkTemplates(entry.value, loading)
  // A command is taken as it is, even if it begins with cmd=.
  const isCommand = module.kind === 'host'
  const known =
    module.freeForm === undefined
      ? undefined
      : argumentNames(module).filter(name => !isCommand || name !== module.freeForm)
  const {free, pairs} = splitKeyValues(text, known)
  if (free !== '' && module.freeForm === undefined) {
    report(loading, entry.value.source, `"${entry.key}" takes no free text`, {
      expected: 'key=value, or a map of arguments',
    })
  }
  const args = free !== '' && module.freeForm !== undefined ? {...pairs, [module.freeForm]: free} : pairs
  return {args, places: new Map(Object.keys(args).map(name => [name, {...entry, key: name}]))}
}
