import {z} from 'zod'
import {hostModule, type Values} from '../module.ts'
import {words} from './arguments.ts'
import {askFacts, readFacts} from './facts.ts'

const schema = z.strictObject({
  gather_subset: words.optional().describe('Taken for playbooks that have it; all facts are always gathered.'),
  filter: words.optional().describe('Only facts whose names match one of these globs.'),
})

/** setup: gathers facts about a host, with Ansible's names. */
export const setup = hostModule<z.infer<typeof schema>, Values>({
  name: 'setup',
  summary: "Gathers facts about the host, with Ansible's names.",
  topic: 'control',
  example: {name: 'Facts about memory', setup: {filter: 'ansible_mem*'}},
  schema,
  facts: true,
  // Free memory and the clock change all the time: the answer is not to be compared with an earlier one.
  slow: true,
  probe: () => askFacts,
  parse: readFacts,
  plan: () => [],
  apply: () => askFacts,
  result: (facts, {filter}) => ({ansible_facts: filter ? select(facts, filter) : facts}),
})

function select(facts: Values, patterns: readonly string[]): Values {
  const regexps = patterns.map(pattern => globToRegexp(pattern.startsWith('ansible_') ? pattern : `ansible_${pattern}`))
  return Object.fromEntries(Object.entries(facts).filter(([name]) => regexps.some(regexp => regexp.test(name))))
}

function globToRegexp(glob: string): RegExp {
  return new RegExp(
    `^${glob
      .replace(/[.+^${}()|\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  )
}
