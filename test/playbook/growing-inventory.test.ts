import {chmodSync, mkdirSync, mkdtempSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {beforeEach, expect, test} from 'vitest'
import {ConfigError} from '../../src/errors.ts'
import {runPlaybook} from './run-playbook.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'growing-'))
})

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const run = (playbook: string, inventory = 'all: {hosts: {a: {os: one}, b: {os: two}, c: {os: one}}}') =>
  runPlaybook(write('play.yml', playbook), {inventory: write('hosts.yml', inventory)})

test('hosts that a task adds are there in later plays, with their variables, groups and group_vars', async () => {
  mkdirSync(join(folder, 'group_vars'))
  write('group_vars/fresh.yml', 'color: green\n')
  const ran = await run(`
- hosts: a:b
  gather_facts: false
  tasks:
    - add_host: {name: "n{{ item }}", groups: [fresh, "more{{ item }}"], word: "w{{ item }}", ansible_connection: local}
      loop: [1, 2]
    - add_host: {name: n1, groups: fresh}
    - debug: {msg: "{{ groups.fresh }} {{ hostvars.n2.word }}"}
      run_once: true
- hosts: fresh:!more2
  gather_facts: false
  tasks:
    - debug: {msg: "{{ inventory_hostname }} {{ word }} {{ color }} {{ group_names }} {{ groups.all | length }}"}
- hosts: never
  gather_facts: false
  tasks: []
`)
  expect(ran.hosts).toEqual({
    a: ['changed add_host (1)', 'changed add_host (2)', 'ok add_host', "ok debug: ['n1', 'n2'] w2"],
    n1: ["ok debug: n1 w1 green ['fresh', 'more1'] 5"],
  })
})

test('hosts go into groups by what is known of them', async () => {
  const ran = await run(`
- hosts: all
  gather_facts: false
  tasks:
    - group_by: {key: "os {{ os }}", parents: systems}
- hosts: os-one
  gather_facts: false
  tasks:
    - debug: {msg: "{{ groups['os-one'] }} {{ group_names }} {{ groups.systems | length }}"}
      run_once: true
`)
  expect(ran.hosts).toEqual({
    a: ['changed group_by', "ok debug: ['a', 'c'] ['os-one', 'systems'] 3"],
    b: ['changed group_by'],
    c: ['changed group_by'],
  })
})

test('a program is asked again by meta refresh_inventory, and what was added stays', async () => {
  const list = join(folder, 'list')
  write('list', 'a')
  const program = write(
    'hosts.sh',
    `#!/bin/sh\nprintf '{"_meta": {"hostvars": {}}, "found": {"hosts": ["%s"]}}' "$(cat ${list})"\n`,
  )
  chmodSync(program, 0o755)
  const playbook = write(
    'play.yml',
    `- hosts: found
  gather_facts: false
  tasks:
    - add_host: {name: added, groups: later}
    - copy: {content: b, dest: ${list}}
      delegate_to: localhost
    - meta: refresh_inventory
    - debug: {msg: "{{ groups.found }}"}
- hosts: found:later
  gather_facts: false
  tasks:
    - debug: {msg: here}
`,
  )
  const ran = await runPlaybook(playbook, {inventory: program})
  expect(ran.hosts).toEqual({
    a: ['changed add_host', 'changed copy', 'ok debug: b'],
    b: ['ok debug: here'],
    added: ['ok debug: here'],
  })
})

test('a name that no earlier play can add is wrong before anything runs', async () => {
  const wrong = run(`
- hosts: later
  gather_facts: false
  tasks: []
- hosts: a
  gather_facts: false
  tasks:
    - add_host: {name: x, groups: later}
`)
  await expect(wrong).rejects.toThrow(ConfigError)
  await expect(wrong).rejects.toThrow('there is no host or group "later" in the inventory')
})
