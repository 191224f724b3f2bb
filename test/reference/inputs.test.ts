import {readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {readInputs} from '../../src/reference/inputs.ts'
import {inputsText} from '../../src/reference/inputs-text.ts'
import {parseYaml} from '../../src/yaml.ts'

const text = `# About the file.

# ------------------------- the site

# Required. Its name,
# without a slash.
# site_name:
site_image: "web:{{ site_version }}"

# Sizes. For example:
#   small: {memory: 1}
site_sizes:
  # A comment within a value.
  small: {memory: 512}
site_ports: []

# ------------------------- mail

mail_sender: ''

# ------------------------- computed; not inputs

site_folder: /srv
`

test('inputs have the heading and the comment above them; some stand there as a comment', () => {
  expect(inputsText(readInputs(text, 'main.yml'))).toMatchInlineSnapshot(`
    "The site
      site_name    [required] Its name, without a slash.
      site_image   [web:{{ site_version }}]
      site_sizes   [{"small":{"memory":512}}] Sizes. For example: small: {memory: 1}
      site_ports   [[]]

    Mail
      mail_sender  ['']

    Say what differs in the inventory: beside a host, under vars: of a group, or in group_vars/ and host_vars/.
    "
  `)
})

test('all inputs of the site are found, and nothing else', () => {
  const file = new URL('../../playbooks/defaults/main.yml', import.meta.url)
  const defaults = readFileSync(file, 'utf8')
  const root = parseYaml(defaults, 'main.yml')
  const [inputs] = defaults.split('computed; not inputs')
  const keys =
    root.kind === 'map' ? root.entries.filter(({key}) => inputs?.includes(`\n${key}:`)).map(({key}) => key) : []
  const found = readInputs(defaults, 'main.yml')
  expect(found.filter(({required}) => required).map(({name}) => name)).toEqual([
    'chatwoot_domain',
    'chatwoot_admin_email',
  ])
  expect(found.filter(({required}) => !required).map(({name}) => name)).toEqual(keys)
})
