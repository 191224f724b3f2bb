import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {type SandboxHost, sandboxDown, sandboxUp} from '../../src/sandbox/sandbox.ts'
import {Workplace} from './support/command.ts'
import {onHost} from './support/look.ts'

const names = ['connection-test-one', 'connection-test-two', 'connection-test-third']
const place = new Workplace()
let hosts: readonly SandboxHost[]

beforeAll(async () => {
  hosts = await sandboxUp({names, say: line => console.log(line)})
  const lines = names.map(name => `    ${name}: {ansible_connection: sandbox}`)
  place.write('hosts.yml', `all:\n  hosts:\n${lines.join('\n')}\n`)
})

afterAll(async () => {
  await sandboxDown({names, say: () => {}})
  place.remove()
})

function play(tasks: string): readonly string[] {
  const head = '- hosts: connection-test-one:connection-test-two\n  become: true\n  gather_facts: false\n  tasks:\n'
  return ['--inventory', 'hosts.yml', place.write('play.yml', `${head}${tasks.replace(/^/gm, '    ')}`)]
}

async function on(name: string, command: string): Promise<string> {
  const host = hosts.find(one => one.name === name)
  if (!host) throw new Error(`no ${name}`)
  return onHost(host, command)
}

describe('two hosts that delegate to a third', () => {
  test('do so in turns over one link, and never mix', async () => {
    const count = 'n=$(cat /srv/n 2>/dev/null || echo 0); sleep 0.5; echo $((n + 1)) >/srv/n'
    const report = await place.report(
      play(`- {name: count, shell: "${count}", delegate_to: connection-test-third}
- {name: who, shell: "echo {{ inventory_hostname }} >>/srv/who", delegate_to: connection-test-third}
- {name: here, copy: {content: x, dest: /srv/here}}`),
    )
    const told = report.tasks.map(
      ({host, delegate = 'itself', task, status}) => `${host} ${delegate} ${task} ${status}`,
    )
    expect(told.toSorted()).toEqual([
      'connection-test-one connection-test-third count changed',
      'connection-test-one connection-test-third who changed',
      'connection-test-one itself here changed',
      'connection-test-two connection-test-third count changed',
      'connection-test-two connection-test-third who changed',
      'connection-test-two itself here changed',
    ])
    expect(Object.keys(report.hosts).toSorted()).toEqual(['connection-test-one', 'connection-test-two'])
    expect(await on('connection-test-third', 'cat /srv/n; sort /srv/who; ls /srv/here 2>/dev/null || echo none')).toBe(
      '2\nconnection-test-one\nconnection-test-two\nnone',
    )
  })
})

describe('a host', () => {
  test('that is rebooted comes back with another boot id, and the play goes on', async () => {
    const bootId = () => on('connection-test-one', 'cat /proc/sys/kernel/random/boot_id')
    const before = await bootId()
    const report = await place.report([
      ...play(`- wait_for_connection: {timeout: 30}
- copy: {content: x, dest: /srv/before}
- reboot: {reboot_timeout: 120}
  register: booted
- copy: {content: "{{ booted.rebooted }}", dest: /srv/after}
- meta: reset_connection
- copy: {content: x, dest: /srv/last}`),
      '--limit',
      'connection-test-one',
    ])
    expect(report.hosts['connection-test-one']).toMatchObject({ok: 5, changed: 4, failed: 0, unreachable: 0})
    expect(await bootId()).not.toBe(before)
    expect(await on('connection-test-one', 'cat /srv/after; ls /srv/before /srv/last')).toBe(
      'True/srv/before\n/srv/last',
    )
  })

  test('gives its files, as the user that the task becomes', async () => {
    const fetch = play(`- fetch: {src: /etc/shadow, dest: fetched}
- fetch: {src: /etc/hostname, dest: "names/{{ inventory_hostname }}", flat: true}
- fetch: {src: /etc/nothing, dest: fetched, fail_on_missing: false}`)
    const first = await place.report(fetch)
    expect(first.tasks.map(({status}) => status).toSorted()).toEqual([...Array(4).fill('changed'), 'ok', 'ok'])
    const second = await place.report(fetch)
    expect(second.tasks.map(({status}) => status)).toEqual(Array(6).fill('ok'))
    const shadow = readFileSync(join(place.folder, 'fetched/connection-test-two/etc/shadow'), 'utf8')
    expect(shadow.trim()).toBe(await on('connection-test-two', 'cat /etc/shadow'))
    expect(readFileSync(join(place.folder, 'names/connection-test-one'), 'utf8')).toBe('connection-test-one\n')
  })
})
