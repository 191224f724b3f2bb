import type {Value} from '../../module.ts'
import {isList, isMap} from '../../value.ts'
import {text} from '../arguments.ts'
import {pythonRegex} from '../regex.ts'
import type {Scope} from '../scope.ts'
import {TemplateError} from '../template-error.ts'
import type {Lookup} from './lookup.ts'

/** Lookups of what is known by name: the environment, variables, the inventory. */
export const variables: {readonly [name: string]: Lookup} = {
  env: (terms, {options, scope: {lookups}}) =>
    terms.map(term => lookups.environment[text(term, 'env')] ?? options.default ?? ''),
  vars: (terms, {options, scope}) =>
    terms.map(term => {
      const value = scope.get(text(term, 'vars')) ?? options.default
      if (value !== undefined) return value
      throw new TemplateError(`"${term}" is not defined`, {undefinedName: String(term)})
    }),
  varnames: (terms, {scope}) => {
    const names = [...new Set(scope.names())]
    return terms.flatMap(term => names.filter(name => pythonRegex(text(term, 'varnames')).test(name)))
  },
  inventory_hostnames: (terms, {scope}) =>
    hostNames(
      terms.map(term => text(term, 'inventory_hostnames')),
      scope,
    ),
}

/** `web`, `all:!web`, `web:&new`: what is added comes first, then what is kept and left out. */
function hostNames(patterns: readonly string[], scope: Scope): readonly Value[] {
  const words = patterns.flatMap(pattern => pattern.split(/[:,]/)).filter(word => word !== '')
  const named = (sign: string) =>
    words.filter(word => word.startsWith(sign)).map(word => hostsLike(word.slice(1), scope))
  const added = words.filter(word => !/^[!&]/.test(word)).flatMap(word => hostsLike(word, scope))
  return [...new Set(added)].filter(
    host => named('&').every(kept => kept.includes(host)) && !named('!').some(left => left.includes(host)),
  )
}

/** The hosts of a group, or those whose names are like the word; `*` stands for anything. */
function hostsLike(word: string, scope: Scope): readonly Value[] {
  const groups = scope.get('groups') ?? {}
  if (!isMap(groups)) return []
  const like = new RegExp(`^${word.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`)
  const all = Object.values(groups).flatMap(hosts => (isList(hosts) ? hosts : []))
  const ofGroups = Object.entries(groups)
    .filter(([group]) => like.test(group))
    .flatMap(([, hosts]) => (isList(hosts) ? hosts : []))
  return [...new Set([...ofGroups, ...all.filter(host => like.test(String(host)))])]
}
