import type {Options} from '../argument-spec/option.ts'
import {type Declared, topicsOf} from '../argument-spec/read-options.ts'
import type {Topic} from './interview.ts'

/** The declared options under their headings, in the order of the file. */
export function topicsWithOptions(declared: Declared): readonly Topic[] {
  const headings = topicsOf(declared)
  const topics = new Map<string, Options>()
  for (const [name, option] of Object.entries(declared.options)) {
    const heading = headings.get(option) ?? ''
    topics.set(heading, {...topics.get(heading), [name]: option})
  }
  return [...topics].map(([name, options]) => ({name, options}))
}
