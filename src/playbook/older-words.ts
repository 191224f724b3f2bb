import {hasTemplate} from '../value.ts'
import type {YamlEntry} from '../yaml.ts'
import {fieldsOf} from './fields.ts'
import {shortName} from './keywords.ts'
import {describe, type Fields, type Loading, report} from './loading.ts'
import {loopWords} from './loop.ts'

/** Says a task in the newer words: the module as the key for `action` and `local_action`, and the two words that `include` became. */
export function inNewerWords(fields: Fields, loading: Loading): Fields {
  return withoutAction('local_action', withoutAction('action', withoutInclude(fields), loading), loading)
}

/** Ansible imports what an `include` names, unless only the run can tell what that is. */
function withoutInclude(fields: Fields): Fields {
  const entry = fields.get('include')
  if (!entry) return fields
  const name = entry.value.kind === 'scalar' ? String(entry.value.value) : ''
  const isLate = hasTemplate(name) || loopWords.some(word => fields.has(word))
  return replaced(fields, 'include', {...entry, key: isLate ? 'include_tasks' : 'import_tasks'})
}

function withoutAction(word: 'action' | 'local_action', fields: Fields, loading: Loading): Fields {
  const entry = fields.get(word)
  if (!entry) return fields
  const call = entry.value.kind === 'map' ? ofMap(entry) : ofText(entry)
  if (!call) {
    const expected = `${word}: MODULE ARGUMENTS, or a map with module: MODULE`
    report(loading, entry.value.source, `"${word}" cannot be ${describe(entry.value)}`, {expected})
    return fields
  }
  const place: YamlEntry = {...entry, key: 'delegate_to', value: {...scalar(entry), value: 'localhost'}}
  const plain = replaced(fields, word, {...call, key: shortName(call.key)})
  return word === 'action' ? plain : new Map([...plain, ['delegate_to', place]])
}

function replaced(fields: Fields, word: string, entry: YamlEntry): Fields {
  return new Map([...[...fields].filter(([key]) => key !== word), [entry.key, entry]])
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
