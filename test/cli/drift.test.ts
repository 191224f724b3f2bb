import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {folderWith, provision, type Ran, screen} from './program.ts'

const folder = folderWith({
  'hosts.yml': `
    here:
      hosts:
        web1: {ansible_connection: local, there: "{{ playbook_dir }}/there"}
        gone1: {ansible_host: 127.0.0.1, ansible_port: 1, there: /nowhere}
  `,
  'play.yml': `
    - name: Files
      hosts: here
      gather_facts: false
      tasks:
        - name: A file
          copy: {content: "one\\n", dest: "{{ there }}/{{ item }}"}
          loop: [a, b]
          notify: Restarted
        - name: A secret file
          copy: {content: "secret\\n", dest: "{{ there }}/secret"}
          no_log: true
        - name: A line in it
          lineinfile: {path: "{{ there }}/none", line: one}
        - name: Asked of no host
          copy: {content: "x\\n", dest: "{{ there }}/never"}
          tags: [no_drift]
        - name: A command
          command: echo done
        - name: What runs
          copy: {content: "running\\n", dest: "{{ there }}/runs"}
          tags: [runtime]
      handlers:
        - name: Restarted
          copy: {content: "x\\n", dest: "{{ there }}/handled"}
  `,
  'drift.yml': `
    - name: Files, in use
      hosts: here
      gather_facts: false
      tags: [runtime]
      tasks:
        - name: There is room
          disk_space: {path: "{{ there }}", free_mb: 1000000000}
  `,
})
mkdirSync(join(folder, 'there'))

const put = (name: string, text: string) => writeFileSync(join(folder, 'there', name), text)
const drift = (...more: readonly string[]) => provision(folder, ['drift', '-i', 'hosts.yml', 'play.yml', ...more])

/** What is never the same: times, free megabytes. */
const steady = (ran: Ran) =>
  screen(ran)
    .replaceAll(/[\d.]+ m?s\./g, 'TIME.')
    .replaceAll(/"ms":\d+/g, '"ms":0')
    .replaceAll(/"time":"[^"]+"/g, '"time":"TIME"')
    .replaceAll(/has \d+ MB/g, 'has N MB')

describe('drift', () => {
  test('names host, task and what differs, configuration apart from what runs, whatever else was found', async () => {
    put('a', 'one\n')
    put('b', 'two\n')
    expect(steady(await drift('--limit', 'web1'))).toMatchSnapshot()
  })

  test('says the same to programs, as one document and line by line', async () => {
    expect(steady(await drift('--limit', 'web1', '--output', 'json'))).toMatchSnapshot()
    expect(steady(await drift('--limit', 'web1', '--output', 'jsonl'))).toMatchSnapshot()
  })

  test('tells a host that was not reached from one that drifted', async () => {
    expect(steady(await drift())).toMatchSnapshot()
  })
})
