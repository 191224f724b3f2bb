import {type Declared, defaultsOf} from '../argument-spec/read-options.ts'
import type {Value, Values} from '../module.ts'
import {TemplateError} from '../template/template-error.ts'
import {Variables} from '../template/variables.ts'

/** The variables as a run on a host with these facts would have them: defaults, facts, and what was said. */
export function variablesFrom(declared: Declared, facts: Values, said: Values, more: Values = {}): Variables {
  const short = Object.entries(facts).map(([name, value]) => [name.replace(/^ansible_/, ''), value] as const)
  return new Variables([
    ['defaults', Object.fromEntries(defaultsOf(declared))],
    ['defaults', more],
    said,
    ['magic', {...facts, ansible_facts: Object.fromEntries(short)}],
  ])
}

/** What an input is when nobody says anything; undefined where a run alone can tell. */
export function proposalIn(variables: Variables, name: string): Value | undefined {
  try {
    return variables.get(name)
  } catch (error) {
    if (error instanceof TemplateError) return undefined
    throw error
  }
}
