import {join} from 'node:path'
import {expect, test} from 'vitest'
import {readDeclared} from '../../src/argument-spec/read-declared.ts'
import {packageRoot} from '../../src/package-root.ts'
import {inventoryText} from '../../src/wizard/inventory-text.ts'
import {type Site, withoutSecrets} from '../../src/wizard/site.ts'
import {topicsWithOptions} from '../../src/wizard/topics.ts'
import {parseYaml, plain} from '../../src/yaml.ts'

const read = await readDeclared(join(packageRoot, 'playbooks'))
if (!read) throw new Error('the site declares nothing')
const declared = read

function textOf(site: Site): string {
  const parted = withoutSecrets(site, declared.options)
  return inventoryText({
    site: parted,
    topics: topicsWithOptions(declared),
    file: 'prod.yml',
    sealedFile: 'prod.secrets.age',
  })
}

const inputs = {
  chatwoot_domain: 'chat.example.com',
  chatwoot_extra_domains: ['help.example.com', 'on'],
  chatwoot_version: 'v4.15.1-ce',
  chatwoot_admin_email: 'admin@example.com',
  chatwoot_admin_name: "O'Hara: \"#1\" {{ 'x' }}",
  chatwoot_account_name: '007',
  chatwoot_sysctl: {},
  chatwoot_settings: {ENABLE_ACCOUNT_SIGNUP: false, FB_APP_ID: '1234'},
  chatwoot_env: {MULTI: 'one\ntwo\n', EMPTY: ''},
  chatwoot_smtp: {address: 'smtp.example.com', port: 465, username: 'me', password: 'geheim {{ x }}', tls: true},
}
const way = {
  ansible_host: '203.0.113.10',
  ansible_port: 2222,
  ansible_password: 'hush',
  ansible_become_password: 'hush2',
}

test('what is written is read back as the same values', () => {
  const text = textOf({name: '0x10', way, inputs})
  const parted = withoutSecrets({name: '0x10', way, inputs}, declared.options)
  expect(plain(parseYaml(text, 'prod.yml'))).toEqual({chatwoot: {hosts: {'0x10': {...parted.way, ...parted.inputs}}}})
})

test('secrets go elsewhere, each as a variable of its own', () => {
  const {way: open, inputs: kept, secrets} = withoutSecrets({name: 'chat1', way, inputs}, declared.options)
  expect(open).toEqual({ansible_host: '203.0.113.10', ansible_port: 2222})
  expect(kept.chatwoot_smtp).toMatchObject({username: 'me', password: '{{ chatwoot_smtp_password }}'})
  expect(secrets).toEqual({
    ansible_password: 'hush',
    ansible_become_password: 'hush2',
    chatwoot_smtp_password: '{% raw %}geheim {{ x }}{% endraw %}',
  })
})

test('the whole file, with much said', () => {
  expect(textOf({name: 'chat1', way, inputs})).toMatchSnapshot()
})

test('the whole file, with only what must be said', () => {
  const {chatwoot_domain, chatwoot_admin_email} = inputs
  const site = {name: 'chat1', way: {ansible_host: '203.0.113.10'}, inputs: {chatwoot_domain, chatwoot_admin_email}}
  expect(textOf(site)).toMatchSnapshot()
})
