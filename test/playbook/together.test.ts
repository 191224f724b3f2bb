import {mkdtempSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, it} from 'vitest'
import {type Ran, runPlaybook} from './run-playbook.ts'

// Hosts go at their own pace: what the others had done when one failed is not the same each time, but where they end is.
const folder = mkdtempSync(join(tmpdir(), 'together-'))

const tasks = `
    - {name: bad, fail: {msg: bad}, when: inventory_hostname == 'a'}
    - {name: one, command: echo, run_once: true}
    - {name: end, debug: {msg: end}}
- hosts: all
  gather_facts: false
  tasks:
    - {name: second play, debug: {msg: second}}
`

it('a failure ends all hosts and the run with any_errors_fatal', async () => {
  const ran = await run(`any_errors_fatal: true\n  serial: 2\n  tasks:${tasks}`)
  expect(ran.hosts.a).toEqual(['failed bad'])
  expect(ran.hosts.c).toBeUndefined()
  expect(said(ran)).not.toContain('ok second play: second')
  expect(ran.exit).toBe(1)
})

it('more failures than max_fail_percentage end the run after the turn', async () => {
  const ran = await run(`max_fail_percentage: 49%\n  serial: 2\n  tasks:${tasks}`)
  expect(ran.hosts.a).toEqual(['failed bad'])
  expect(ran.hosts.c).toBeUndefined()
  expect(said(ran)).not.toContain('ok second play: second')
})

it('what runs once is done by the next host when the first one failed before', async () => {
  const ran = await run(`tasks:${tasks}`)
  expect(ran.hosts).toEqual({
    a: ['failed bad'],
    b: ['skipped bad', 'changed one', 'ok end: end', 'ok second play: second'],
    c: ['skipped bad', 'ok end: end', 'ok second play: second'],
    d: ['skipped bad', 'ok end: end', 'ok second play: second'],
  })
})

it('a turn in which all fail ends the run', async () => {
  const ran = await run(`serial: 1\n  tasks:${tasks}`)
  expect(ran.hosts).toEqual({a: ['failed bad']})
})

function run(play: string): Promise<Ran> {
  const file = join(folder, 'site.yml')
  writeFileSync(file, `- hosts: all\n  gather_facts: false\n  ${play}`)
  return runPlaybook(file, {inventory: join(import.meta.dirname, 'ansible/hosts.yml')})
}

function said({hosts}: Ran): readonly string[] {
  return Object.values(hosts).flat()
}
