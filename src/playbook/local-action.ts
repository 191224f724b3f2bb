import type {YamlEntry} from '../yaml.ts'
import {fieldsOf} from './fields.ts'
import {shortName} from './keywords.ts'
import {describe, type Fields, type Loading, report} from './loading.ts'

/** Says in the newer words what `local_action` says: its module as the key, and `delegate_to: localhost`. */
export function withoutLocalAction(fields: Fields, loading: Loading): Fields {
  const entry = fields.get('local_action')
  if (!entry) return fields
  const call = entry.value.kind === 'map' ? ofMap(entry) : ofText(entry)
  if (!call) {
    const expected = 'local_action: MODULE ARGUMENTS, or a map with module: MODULE'
    report(loading, entry.value.source, `"local_action" cannot be ${describe(entry.value)}`, {expected})
    return fields
  }
  const place: YamlEntry = {...entry, key: 'delegate_to', value: {...scalar(entry), value: 'localhost'}}
  const others = [...fields].filter(([key]) => key !== 'local_action')
  return new Map([...others, [shortName(call.key), call], ['delegate_to', place]])
}

function ofText(entry: YamlEntry): YamlEntry | undefined {
  const {value} = entry
  const [, module, rest = ''] =
    value.kind === 'scalar' ? (/^\s*(\S+)\s*([\s\S]*)$/.exec(String(value.value ?? '')) ?? []) : []
  return module === undefined ? undefined : {...entry, key: module, value: {...scalar(entry), value: rest || null}}
}

function ofMap(entry: YamlEntry): YamlEntry | undefined {
  const {value} = entry
  const module = value.kind === 'map' ? fieldsOf(value).get('module')?.value : undefined
  if (value.kind !== 'map' || module?.kind !== 'scalar' || typeof module.value !== 'string') return undefined
  const entries = value.entries.filter(({key}) => key !== 'module')
  return {...entry, key: module.value, value: {...value, entries}}
}

/** A text at an entry's place. */
function scalar({value}: YamlEntry) {
  return {kind: 'scalar', value: null, source: value.source, text: value.source, block: false} as const
}
