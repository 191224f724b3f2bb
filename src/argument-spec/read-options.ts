import {ConfigError, type Problem, type Source} from '../errors.ts'
import type {Value} from '../module.ts'
import {didYouMean} from '../nearest.ts'
import {plain, type YamlEntry, type YamlNode} from '../yaml.ts'
import {type Option, type Options, options, optionWords} from './option.ts'

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
  const chosen = entriesOf(specs.value).filter(({key}) => playbook === undefined || ['main', playbook].includes(key))
  const found = chosen.flatMap(entry => optionsOf(entry))
  const problems = [...chosen.flatMap(unknownWords), ...found.flatMap(problemsOf)]
  if (problems.length > 0) throw new ConfigError(problems)
  return {
    options: Object.assign({}, ...found.map(({key, value}) => options.parse({[key]: plain(value)}))),
    places: new Map(found.map(({key, source}) => [key, source])),
  }
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

function optionsOf(entry: YamlEntry): readonly YamlEntry[] {
  const found = entriesOf(entry.value).find(({key}) => key === 'options')
  return found ? entriesOf(found.value) : []
}

function unknownWords(entry: YamlEntry): readonly Problem[] {
  const strange = entriesOf(entry.value).filter(({key}) => !entryWords.includes(key))
  return strange.map(({key, source}) => unknown(`"${entry.key}"`, key, source, entryWords))
}

/** What the schema says, at the place in the file; and words that it does not know. */
function problemsOf({key, source, value}: YamlEntry): readonly Problem[] {
  const issues = options.safeParse({[key]: plain(value)}).error?.issues ?? []
  return [
    ...issues.map(({path, message}) => ({
      source: placeOf(value, path.slice(1)) ?? source,
      message: `${key}: ${message}`,
    })),
    ...strangeWords(key, value),
  ]
}

function strangeWords(name: string, option: YamlNode): readonly Problem[] {
  return entriesOf(option).flatMap(({key, source, value}) => {
    if (key === 'options') return entriesOf(value).flatMap(one => strangeWords(`${name}.${one.key}`, one.value))
    return optionWords.includes(key) ? [] : [unknown(`the option "${name}"`, key, source, optionWords)]
  })
}

function unknown(what: string, word: string, source: Source, known: readonly string[]): Problem {
  const suggestion = didYouMean(word, known)
  return {source, message: `${what} has no key "${word}"`, expected: known.join(', '), ...(suggestion && {suggestion})}
}

/** Where a part of a value stands, or its key; undefined when the file has no such part. */
export function placeOf(
  node: YamlNode | undefined,
  path: readonly PropertyKey[],
  of: 'key' | 'value' = 'value',
): Source | undefined {
  const [step, ...rest] = path
  if (step === undefined || node === undefined) return node?.source
  if (node.kind === 'list') return placeOf(node.items[Number(step)], rest, of)
  const entry = entriesOf(node).find(({key}) => key === String(step))
  return of === 'key' && rest.length === 0 ? entry?.source : placeOf(entry?.value, rest, of)
}

function entriesOf(node: YamlNode): readonly YamlEntry[] {
  return node.kind === 'map' ? node.entries : []
}

function wrong(source: Source, message: string, expected: string): ConfigError {
  return new ConfigError([{source, message, expected}])
}
