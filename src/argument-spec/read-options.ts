import {ConfigError, type Problem, type Source} from '../errors.ts'
import type {Value} from '../module.ts'
import {didYouMean} from '../nearest.ts'
import type {YamlEntry, YamlNode} from '../yaml.ts'
import {type Option, type Options, optionWords} from './option.ts'
import {entriesOf, misreadIn, optionsOf, type Spec, specsOf} from './specs.ts'

/** What argument_specs of a playbook's folder declare, with the place of each option. */
export type Declared = {readonly options: Options; readonly places: ReadonlyMap<string, Source>}

const entryWords = ['short_description', 'description', 'author', 'options']

/**
 * Reads the options of `main`, which hold for all playbooks of a folder, and of the one that is named as the playbook; with no
 * name, those of all. Throws ConfigError with all that is wrong.
 */
export function readOptions(root: YamlNode, playbook?: string): Declared {
  const specs = entriesOf(root).find(({key}) => key === 'argument_specs')
  if (!specs) throw wrong(root.source, 'this file declares nothing', 'argument_specs: {main: {options: …}}')
  const chosen = specsOf(specs.value).filter(({name}) => playbook === undefined || ['main', playbook].includes(name))
  const problems = chosen.flatMap(spec => [...strangeWords(spec), ...misreadIn(spec), ...spec.options.flatMap(strange)])
  if (problems.length > 0) throw new ConfigError(problems)
  const places = chosen.flatMap(({options}) => options.map(({key, source}) => [key, source] as const))
  return {options: optionsOf(chosen), places: new Map(places)}
}

/** The default of every option that has one. */
export function defaultsOf({options}: Declared): readonly (readonly [name: string, value: Value])[] {
  return Object.entries(options).flatMap(([name, option]) =>
    option.default === undefined ? [] : [[name, option.default] as const],
  )
}

/** The topic of each option: its own, or that of the options above it. */
export function topicsOf({options}: Declared): ReadonlyMap<Option, string> {
  let topic = ''
  return new Map(
    Object.values(options).map(option => {
      topic = option.topic ?? topic
      return [option, topic]
    }),
  )
}

/** Words of a spec that are not ours; a role of others may have more. */
function strangeWords({name, words}: Spec): readonly Problem[] {
  const strangers = words.filter(({key}) => !entryWords.includes(key))
  return strangers.map(({key, source}) => unknown(`"${name}"`, key, source, entryWords))
}

function strange({key: name, value: option}: YamlEntry): readonly Problem[] {
  return entriesOf(option).flatMap(({key, source, value}) => {
    if (key === 'options') return entriesOf(value).flatMap(one => strange({...one, key: `${name}.${one.key}`}))
    return optionWords.includes(key) ? [] : [unknown(`the option "${name}"`, key, source, optionWords)]
  })
}

function unknown(what: string, word: string, source: Source, known: readonly string[]): Problem {
  const suggestion = didYouMean(word, known)
  return {source, message: `${what} has no key "${word}"`, expected: known.join(', '), ...(suggestion && {suggestion})}
}

function wrong(source: Source, message: string, expected: string): ConfigError {
  return new ConfigError([{source, message, expected}])
}
