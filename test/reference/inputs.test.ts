import {join} from 'node:path'
import {expect, test} from 'vitest'
import {readDeclared} from '../../src/argument-spec/read-declared.ts'
import {readOptions} from '../../src/argument-spec/read-options.ts'
import {loadInventory} from '../../src/inventory/inventory.ts'
import {inputsOf} from '../../src/reference/inputs.ts'
import {inputsText} from '../../src/reference/inputs-text.ts'
import {parseYaml} from '../../src/yaml.ts'

const root = join(import.meta.dirname, '../..')

const text = `
argument_specs:
  main:
    options:
      site_name: {topic: the site, description: Its name., required: true, example: chat}
      site_tls: {description: How., choices: [none, own], default: none}
      site_disk:
        topic: storage
        type: dict
        description: [Where files are., All of them.]
        default: {kind: local}
        options:
          kind: {required: true, choices: [local, remote]}
          key: {no_log: true, description: Opens it.}
      site_password: {description: For all., generate: {length: 20, chars: [digits]}}
`

test('inputs are shown below the topics that they belong to', () => {
  expect(inputsText(inputsOf(readOptions(parseYaml(text, 'argument_specs.yml'))))).toMatchInlineSnapshot(`
    "The site
      site_name      [required] [such as chat] Its name.
      site_tls       [none] [none | own] How.

    Storage
      site_disk      [{"kind":"local"}] Where files are. All of them.
        kind         [required] [local | remote]
        key          Opens it.
      site_password  [generated] For all.

    Say what differs in the inventory: beside a host, under vars: of a group, or in group_vars/ and host_vars/.
    "
  `)
})

test('the example inventory is in order by the declaration, and says all that is required', async () => {
  const declared = await readDeclared(join(root, 'playbooks'))
  const inputs = inputsOf(declared ?? {options: {}, places: new Map()})
  const {hosts} = await loadInventory(join(root, 'inventory/example.yml'))
  const vars = hosts[0]?.vars ?? {}
  const required = inputs.filter(input => input.required)
  expect(required.map(({name}) => [name, vars[name]])).toEqual(required.map(({name, example}) => [name, example]))
  expect(required.length).toBeGreaterThan(1)
})

test('every input of the site has a topic and a description, and a value or an example unless it is generated', async () => {
  const declared = await readDeclared(join(root, 'playbooks'))
  const inputs = inputsOf(declared ?? {options: {}, places: new Map()})
  const bare = inputs.filter(
    ({topic, description, example, generate, default: fallback}) =>
      topic === '' || description === '' || (example ?? generate ?? fallback) === undefined,
  )
  expect(inputs.length).toBeGreaterThan(60)
  expect(bare).toEqual([])
})
