import type {Module} from '../module.ts'
import {didYouMean} from '../nearest.ts'
import type {YamlEntry} from '../yaml.ts'
import {checkArguments} from './check-arguments.ts'
import {shortName} from './keywords.ts'
import {describe, type Fields, type Loading, type ModuleDefaults, report} from './loading.ts'
import type {Arguments} from './module-arguments.ts'
import {ofMap} from './module-arguments.ts'
import {placeOf} from './place-of.ts'

const groups: {readonly [group: string]: (module: string) => boolean} = {docker: name => name.startsWith('docker_')}

/** Adds module_defaults to those from around: arguments for all tasks with a module, or with one of a group. Inner ones take the place of outer ones. */
export function readModuleDefaults(fields: Fields, outer: ModuleDefaults, loading: Loading): ModuleDefaults {
  const entry = fields.get('module_defaults')
  if (!entry) return outer
  const maps = entry.value.kind === 'list' ? entry.value.items : [entry.value]
  const defaults = new Map(outer)
  for (const map of maps) {
    if (map.kind !== 'map')
      report(loading, map.source, `"module_defaults" cannot be ${describe(map)}`, {
        expected: 'a map of modules, each with a map of arguments',
      })
    else for (const one of map.entries) readOne(one, defaults, loading)
  }
  return defaults
}

/** A module's arguments with what module_defaults say of it: groups first, then the module, then the task's own. */
export function withDefaults({name}: Module, own: Arguments, defaults: ModuleDefaults): Arguments {
  const inGroups = Object.keys(groups).filter(group => groups[group]?.(name))
  const layers = [...inGroups.map(group => defaults.get(`group/${group}`)), defaults.get(name), own]
  return {
    args: Object.assign({}, ...layers.map(layer => layer?.args ?? {})),
    places: new Map(layers.flatMap(layer => [...(layer?.places ?? [])])),
  }
}

function readOne(entry: YamlEntry, defaults: Map<string, Arguments>, loading: Loading): void {
  const {key, value} = entry
  if (value.kind !== 'map') {
    report(loading, value.source, `the defaults of "${key}" cannot be ${describe(value)}`, {
      expected: 'a map of arguments',
    })
    return
  }
  const said = ofMap(entry, loading)
  if (key.startsWith('group/')) {
    const group = key.slice('group/'.length).replace(/^.*\./, '')
    if (groups[group]) defaults.set(`group/${group}`, said)
    else
      report(loading, entry.source, `there is no group of modules "${group}"`, {
        expected: `group/${Object.keys(groups)}`,
      })
    return
  }
  const module = loading.modules.get(shortName(key))
  if (!module) {
    const suggestion = didYouMean(shortName(key), loading.modules.keys())
    report(loading, entry.source, `there is no module "${key}"`, {suggestion})
    return
  }
  checkArguments(module, said.args, (path, of) => placeOf(path, said.places, entry.source, of), loading, 'some')
  defaults.set(module.name, said)
}
