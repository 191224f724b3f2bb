import {z} from 'zod'
import {hostModule, type Value, type Values} from '../module.ts'
import {sh} from '../shell/shell.ts'
import {rows} from './answer.ts'

const schema = z.strictObject({
  manager: z
    .union([z.enum(['auto', 'apt']), z.array(z.enum(['auto', 'apt']))])
    .default('auto')
    .describe('Taken for playbooks that have it: hosts have apt.'),
  strategy: z.enum(['first', 'all']).default('first').describe('Taken for playbooks that have it.'),
})

/** package_facts: which packages are installed. */
export const package_facts = hostModule<z.infer<typeof schema>, Values>({
  name: 'package_facts',
  summary: 'Sets the fact packages: the installed packages by name, each with version, arch and category.',
  topic: 'packages',
  example: {name: 'Packages of this host', package_facts: {manager: 'auto'}},
  schema,
  facts: true,
  defines: () => ['packages'],
  probe: () =>
    sh`dpkg-query -W -f '\${db:Status-Status}\t\${Package}\t\${Version}\t\${Architecture}\t\${Section}\n' | sed -n 's/^installed\t//p'`,
  parse: readPackages,
  plan: () => [],
  apply: () => sh`:`,
  result: packages => ({ansible_facts: {packages}}),
})

function readPackages(answer: string): Values {
  const found = new Map<string, readonly Value[]>()
  for (const row of rows(answer)) {
    const [name = '', version = '', arch = '', category = ''] = row.split('\t')
    found.set(name, [...(found.get(name) ?? []), {name, version, arch, category, source: 'apt'}])
  }
  return Object.fromEntries(found)
}
