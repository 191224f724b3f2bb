import type {Value, Values} from '../../module.ts'
import {didYouMean} from '../../nearest.ts'
import {isTrue} from '../printing.ts'
import {PendingVariable} from '../scope.ts'
import {TemplateError} from '../template-error.ts'
import {files} from './files.ts'
import {found} from './found.ts'
import {lists} from './lists.ts'
import type {Lookup, Place} from './lookup.ts'
import {programs} from './programs.ts'
import {tables} from './tables.ts'
import {variables} from './variables.ts'

const plugins: {readonly [name: string]: Lookup} = {...files, ...found, ...lists, ...programs, ...tables, ...variables}

/** Lookups of Ansible that make no sense here, with what to use in their place. */
const absent: {readonly [name: string]: string} = {
  config: 'this program has no configuration of Ansible to look into',
}

/** The names of all lookups. */
export const lookupNames = Object.keys(plugins)

/** Calls a lookup with its terms and named arguments; `wantlist` and `errors` mean what they mean in Ansible. Throws when it finds nothing. */
export function lookUp(name: string, terms: readonly Value[], named: Values, place: Place): Value {
  const {wantlist = null, errors = 'strict', ...options} = named
  const plugin = pluginOf(name)
  const lenient = errors === 'ignore' || errors === 'warn'
  try {
    const values = plugin(terms, {options, ...place})
    return isTrue(wantlist) ? values : joined(values)
  } catch (error) {
    if (!lenient || error instanceof PendingVariable) throw error
    return isTrue(wantlist) ? [] : null
  }
}

/** Whether lookups of this name may be asked once for several mentions in one text: all but those that draw lots. */
export function isSteady(name: string): boolean {
  return !['password', 'random_choice'].includes(bare(name))
}

/** Says what is wrong with a lookup's name; undefined when there is such a lookup. */
export function unknownLookupOf(name: string): {message: string; suggestion?: string | undefined} | undefined {
  const word = bare(name)
  if (Object.hasOwn(plugins, word)) return undefined
  if (absent[word] !== undefined) return {message: `the lookup "${word}" is not supported: ${absent[word]}`}
  return {message: `there is no lookup "${word}"`, suggestion: didYouMean(word, lookupNames)}
}

function pluginOf(name: string): Lookup {
  const plugin = plugins[bare(name)]
  if (plugin) return plugin
  const {message = '', suggestion} = unknownLookupOf(name) ?? {}
  throw new TemplateError(message, {suggestion})
}

function bare(name: string): string {
  return name.replace(/^(?:ansible\.(?:builtin|legacy)|community\.general)\./, '')
}

/** As Ansible does: texts become one text with commas, one other value stands for itself. */
function joined(values: readonly Value[]): Value {
  if (values.length === 0) return []
  if (values.every(value => typeof value === 'string')) return values.join(',')
  return values.length === 1 ? (values[0] ?? null) : values
}
