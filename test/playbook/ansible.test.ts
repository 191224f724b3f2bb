import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {parse} from './expected.ts'
import {runPlaybook} from './run-playbook.ts'

// Each folder is a playbook with what Ansible 2.14 made of it: how it exits, and what each host's tasks say, in order.
const folder = join(import.meta.dirname, 'ansible')
const cases = readdirSync(folder, {withFileTypes: true}).filter(entry => entry.isDirectory())

describe('like Ansible, the playbook', () => {
  it.each(cases.map(entry => entry.name))('%s', async name => {
    const expected = parse(readFileSync(join(folder, name, 'expected.yml'), 'utf8'))
    const hosts = Object.keys(expected.hosts).join(',')
    const ran = await runPlaybook(join(folder, name, 'site.yml'), {inventory: join(folder, 'hosts.yml'), limit: hosts})
    expect(ran.hosts).toEqual(expected.hosts)
    expect(ran.exit === 0).toBe(expected.exit === 0)
  })
})
