import type {Problem, Source} from '../errors.ts'
import type {Values} from '../module.ts'
import {plain, type YamlEntry, type YamlNode} from '../yaml.ts'
import {type Options, options} from './option.ts'

/** What argument_specs say under one name: of an entry point of a role, or of a playbook. */
export type Spec = {
  readonly name: string
  readonly source: Source
  /** Its short_description. */
  readonly summary: string | undefined
  /** All that it says. */
  readonly words: readonly YamlEntry[]
  readonly options: readonly YamlEntry[]
}

/** The specs of the value of argument_specs, in the order of the file. */
export function specsOf(value: YamlNode | undefined): readonly Spec[] {
  const maps = entriesOf(value).filter(entry => entry.value.kind === 'map')
  return maps.map(({key, value: spec}) => {
    const words = entriesOf(spec)
    const said = (word: string) => words.find(entry => entry.key === word)?.value
    const short = said('short_description')
    const summary = short?.kind === 'scalar' && short.value !== null ? String(short.value) : undefined
    return {name: key, source: spec.source, summary, words, options: entriesOf(said('options'))}
  })
}

/** The options of a spec by name, as they stand there. */
export function plainOptions({options: entries}: Spec): Values {
  return Object.fromEntries(entries.map(({key, value}) => [key, plain(value)]))
}

/** The options of specs, the later ones winning. Throws ZodError where `misreadIn` has found something. */
export function optionsOf(specs: readonly Spec[]): Options {
  return options.parse(Object.assign({}, ...specs.map(plainOptions)))
}

/** What in the options of a spec cannot be read, each with its place; words that nobody knows are left alone. */
export function misreadIn(spec: Spec): readonly Problem[] {
  return spec.options.flatMap(({key, source, value}) => {
    const issues = options.safeParse({[key]: plain(value)}).error?.issues ?? []
    return issues.map(({path, message}) => ({
      source: placeOf(value, path.slice(1)) ?? source,
      message: `${key}: ${message}`,
    }))
  })
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

/** The entries of a map; of anything else, none. */
export function entriesOf(node: YamlNode | undefined): readonly YamlEntry[] {
  return node?.kind === 'map' ? node.entries : []
}
