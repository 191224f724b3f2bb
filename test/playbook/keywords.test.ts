import {mkdtempSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, it} from 'vitest'
import {type Ran, runPlaybook} from './run-playbook.ts'

const folder = mkdtempSync(join(tmpdir(), 'keywords-'))

it.each([
  ['inventory', 'b c a'],
  ['reverse_inventory', 'a c b'],
  ['sorted', 'a b c'],
  ['reverse_sorted', 'c b a'],
])('order: %s takes the hosts in that order', async (order, expected) => {
  const ran = await run(
    'b: {ansible_connection: local}, c: {ansible_connection: local}, a: {ansible_connection: local}',
    `order: ${order}\n  serial: 1\n  tasks: [{debug: }]`,
  )
  expect(finished(ran)).toBe(expected)
})

it('connection, remote_user and port of a play are weaker than the variables of hosts', async () => {
  const ran = await run(
    'a: , b: {ansible_user: bert, ansible_port: 24}',
    `connection: local
  remote_user: anna
  port: 23
  tasks: [{debug: {msg: "{{ ansible_connection }} {{ ansible_user }} {{ ansible_port }}"}}]`,
  )
  expect(ran.hosts).toEqual({a: ['ok debug: local anna 23'], b: ['ok debug: local bert 24']})
})

it('ignore_unreachable goes on with the next task, and the run is no failure', async () => {
  const gone = 'a: {ansible_host: 127.0.0.1, ansible_port: 1, ansible_user: nobody, ansible_connection: ssh}'
  const ran = await run(
    gone,
    `ignore_unreachable: true
  tasks:
    - {name: lost, command: echo, register: said}
    - {name: goes on, debug: {msg: "{{ said is unreachable }}"}}`,
    {ssh: true},
  )
  expect(ran.hosts).toEqual({a: ['unreachable lost', 'ok goes on: true']})
  expect(ran.exit).toBe(0)
})

it('diff of a task is told with its result', async () => {
  const file = join(folder, 'there')
  const ran = await run('a: {ansible_connection: local}', `tasks: [{copy: {dest: ${file}, content: x}, diff: true}]`)
  expect(ran.events.flatMap(event => (event.type === 'task-finished' ? [event.result.diff] : []))).toEqual([true])
})

it('vars_prompt takes the default where there is no terminal, and -e instead of an answer', async () => {
  const play = `vars: {word: weak}
  vars_prompt:
    - {name: word, default: strong, private: false}
    - {name: given}
    - {name: text, default: "{{ word }}", unsafe: true}
    - {name: secret, default: x, encrypt: sha512_crypt, salt: ab}
  tasks: [{debug: {msg: "{{ word }} {{ given }} {{ text }} {{ secret[:6] }}"}}]`
  const ran = await run('a: {ansible_connection: local}', play, {extraVars: ['given=yes']})
  expect(ran.hosts).toEqual({a: ['ok debug: strong yes {{ word }} $6$ab$']})
})

it('vars_prompt without terminal, default and -e is refused before anything is connected', async () => {
  const asking = run('a: {ansible_connection: local}', 'vars_prompt: [{name: word}]\n  tasks: [{debug: }]')
  await expect(asking).rejects.toMatchObject({
    message: 'the play asks for "word", and there is no terminal',
    hint: 'add -e word=VALUE',
  })
})

function run(hosts: string, play: string, more: {ssh?: boolean; extraVars?: readonly string[]} = {}): Promise<Ran> {
  const [inventory, site] = [join(folder, 'hosts.yml'), join(folder, 'site.yml')]
  writeFileSync(inventory, `all: {hosts: {${hosts}}}\n`)
  writeFileSync(site, `- hosts: all\n  gather_facts: false\n  ${play}`)
  return runPlaybook(site, {inventory, ...more})
}

function finished({events}: Ran): string {
  return events.flatMap(event => (event.type === 'host-finished' ? [event.host] : [])).join(' ')
}
