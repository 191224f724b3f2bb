import {readdirSync, readFileSync} from 'node:fs'
import {join, relative} from 'node:path'
import {Ajv} from 'ajv'
import {describe, expect, test} from 'vitest'
import {readDeclared} from '../../src/argument-spec/read-declared.ts'
import type {Module, Values} from '../../src/module.ts'
import {modules} from '../../src/modules/index.ts'
import {inputsOf} from '../../src/reference/inputs.ts'
import {inventorySchema} from '../../src/reference/json-schema/inventory.ts'
import {playbookSchema, tasksSchema} from '../../src/reference/json-schema/playbook.ts'
import {parseYamlValue, writeYaml} from '../../src/yaml.ts'

const root = join(import.meta.dirname, '../..')
const declared = await readDeclared(join(root, 'playbooks'))
if (!declared) throw new Error('no inputs are declared')

// Formats are for people; editors differ in which of them they know.
const validator = (schema: Values) => new Ajv({strict: false, validateFormats: false}).compile(schema)
const playbook = validator(playbookSchema(modules))
const tasks = validator(tasksSchema(modules))
const inventory = validator(inventorySchema(inputsOf(declared)))

/** The places where a file of YAML is not as the schema says, with what is wrong there. */
function mistakes(validate: typeof playbook, yaml: string): readonly string[] {
  validate(parseYamlValue(yaml))
  return (validate.errors ?? []).map(({instancePath, message}) => `${instancePath} ${message}`)
}

function yamlFiles(folder: string): readonly string[] {
  const found = readdirSync(join(root, folder), {recursive: true, withFileTypes: true})
  return found
    .filter(entry => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map(entry => relative(root, join(entry.parentPath, entry.name)))
}

/** What kind of file this is, by where it lies. */
function schemaFor(file: string): typeof playbook {
  if (file.startsWith('inventory/') || file.includes('/inventory/')) return inventory
  return /\/tasks\/|tags\/more/.test(file) ? tasks : playbook
}

describe('is in order by the schema:', () => {
  const isVariables = (file: string) => /(^|\/)(defaults|vars|group_vars|host_vars|meta|secrets)\//.test(file)
  // Included by a playbook to see what a mistake does that is found late.
  const wrongOnPurpose = ['test/playbook/good/tasks/blue.yml']
  const files = ['playbooks', 'inventory', 'test/playbook/good', 'test/playbook/tags'].flatMap(yamlFiles)
  test.each(files.filter(file => !isVariables(file) && !wrongOnPurpose.includes(file)))('%s', file => {
    expect(mistakes(schemaFor(file), readFileSync(join(root, file), 'utf8'))).toEqual([])
  })

  test('the examples of all modules', () => {
    const examples = modules.flatMap(({example}: Module) => (example ? [example] : []))
    expect(mistakes(tasks, writeYaml(examples))).toEqual([])
  })

  test.each([
    [
      'a template instead of a number, a boolean, a list and a choice',
      'file: {path: /a, recurse: "{{ a }}", state: "{{ b }}"}',
    ],
    ['arguments as key=value', 'copy: src=a dest=/b'],
    ['free text', 'command: uptime'],
    ['the full name of a module', 'ansible.builtin.command: uptime'],
    ['a module without arguments', 'ping:'],
    ['a boolean in words', 'copy: {content: a, dest: /b, backup: "Yes"}'],
    ['variables of any kind', 'set_fact: {list: [1, {a: 2}], nothing: null}'],
    ['a list of conditions', 'ping:\n      when: [a, b is defined, true]'],
  ])('%s', (_, task) => {
    expect(mistakes(playbook, `- hosts: all\n  tasks:\n    - ${task}\n`)).toEqual([])
  })
})

describe('is a mistake by the schema:', () => {
  test('test/playbook/bad/mistakes.yml', () => {
    const yaml = readFileSync(join(root, 'test/playbook/bad/mistakes.yml'), 'utf8')
    expect(mistakes(playbook, yaml)).not.toEqual([])
  })

  test.each([
    ['an unknown keyword', 'ping:\n      ignore_error: true'],
    ['an unknown module', 'cpoy: {src: a, dest: /b}'],
    ['no module', 'name: Nothing\n      when: true'],
    ['two modules', 'ping:\n      debug: {msg: a}'],
    ['an unknown argument', 'copy: {src: a, dest: /b, modus: "0644"}'],
    ['a missing argument', 'copy: {src: a}'],
    ['a missing argument, nothing at all', 'copy:'],
    ['a wrong choice', 'file: {path: /a, state: folder}'],
    ['text instead of a number', 'apt: {name: a, cache_valid_time: often}'],
    ['text instead of a boolean', 'copy: {src: a, dest: /b, backup: maybe}'],
    ['a list instead of arguments', 'copy: [a, b]'],
    ['free text for a module that takes none', 'stat: the file'],
    ['a path that is not absolute', 'file: {path: a}'],
    ['a name that no variable can have', 'ping:\n      register: my-result'],
    ['a wrong meta', 'meta: flush'],
    ['an unknown keyword of a block', 'block: []\n      rescued: []'],
    ['a mistake within a block', 'block:\n        - cpoy: a'],
    ['the keyword action', 'action: ping'],
    ['a loop that is a word', 'ping:\n      loop: word'],
  ])('%s', (_, task) => {
    expect(mistakes(playbook, `- hosts: all\n  tasks:\n    - ${task}\n`)).not.toEqual([])
  })

  test.each([
    ['a play without hosts', '- tasks: []'],
    ['an unknown keyword of a play', '- hosts: all\n  task: []'],
    ['tasks that are no list', '- hosts: all\n  tasks: {ping: }'],
    ['a map instead of a list of plays', 'hosts: all'],
    ['an unknown keyword beside an import', '- import_playbook: a.yml\n  hosts: all'],
  ])('%s', (_, yaml) => {
    expect(mistakes(playbook, yaml)).not.toEqual([])
  })

  test.each([
    ['hosts as a list', 'web: {hosts: [a, b]}'],
    ['an unknown key of a group', 'web: {host: {a: }}'],
    ['a port that is none', 'web: {hosts: {a: {ansible_port: ssh}}}'],
    ['an unknown connection', 'web: {vars: {ansible_connection: telnet}}'],
    ['an input of the wrong kind', 'web: {vars: {chatwoot_open_ports: 8080}}'],
    ['an input that is none of the choices', 'web: {vars: {chatwoot_tls: acme}}'],
    ['an unknown part of an input', 'web: {vars: {chatwoot_smtp: {adress: a}}}'],
    ['an input that lacks a part', 'web: {vars: {chatwoot_storage: {bucket: a}}}'],
    ['an input that does not match', 'web: {vars: {chatwoot_version: latest}}'],
    ['a mistake in a child', 'web: {children: {db: {hosts: [a]}}}'],
  ])('%s', (_, yaml) => {
    expect(mistakes(inventory, yaml)).not.toEqual([])
  })
})
