import {descriptionOf, type Generate, isSecret, type Option, type Rotate} from '../argument-spec/option.ts'
import {type Declared, topicsOf} from '../argument-spec/read-options.ts'
import type {Value} from '../module.ts'

/** One input of playbooks, as their declaration tells it. */
export type Input = {
  readonly name: string
  /** The heading that it stands under. */
  readonly topic: string
  readonly description: string
  /** Ansible's name of the kind of value: str, int, bool, list, dict, ... */
  readonly type: string
  readonly required: boolean
  readonly default?: Value
  readonly example?: Value
  readonly choices?: readonly Value[]
  /** A regular expression for the text. */
  readonly matches?: string
  /** Whether it must never be shown. */
  readonly secret: boolean
  readonly generate?: Generate
  readonly rotate?: Rotate
  /** The kind of a list's items. */
  readonly elements?: string
  /** What the map, or each map of the list, takes. */
  readonly options?: readonly Input[]
}

/** The inputs that are declared, in the order of the file. */
export function inputsOf(declared: Declared): readonly Input[] {
  const topics = topicsOf(declared)
  return Object.entries(declared.options).map(([name, option]) => inputOf(name, option, topics.get(option) ?? ''))
}

function inputOf(name: string, option: Option, topic: string): Input {
  const {type = 'str', required = false, default: fallback, example, choices, matches, elements} = option
  const {generate, rotate, options} = option
  return {
    ...{name, topic, description: descriptionOf(option), type, required},
    ...(fallback === undefined ? {} : {default: fallback}),
    ...(example === undefined ? {} : {example}),
    ...(choices && {choices}),
    ...(matches && {matches}),
    secret: isSecret(option),
    ...(generate && {generate}),
    ...(rotate && {rotate}),
    ...(elements && {elements}),
    ...(options && {options: Object.entries(options).map(([part, one]) => inputOf(part, one, topic))}),
  }
}
