import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {loadInventory} from '../../src/inventory/inventory.ts'
import type {Values} from '../../src/module.ts'

/** Inventories beside what ansible-inventory 2.14 says of them: hosts in its order, groups, and each host's variables. */
const folder = join(import.meta.dirname, 'as-ansible')
const cases = readdirSync(folder).filter(file => file.endsWith('.json'))

const magic = [
  'inventory_file',
  'inventory_dir',
  'inventory_hostname',
  'inventory_hostname_short',
  'group_names',
  'groups',
]

describe('an inventory means what it means to Ansible', () => {
  it.each(cases)('%s', async file => {
    const {sources, playbook, ...expected} = JSON.parse(readFileSync(join(folder, file), 'utf8'))
    const place = join(folder, file.replace('.json', ''))
    const paths = sources.map((source: string) => (source.includes(',') ? source : join(place, source)))
    const {hosts, groups} = await loadInventory(paths, playbook ? [join(place, playbook)] : [])
    const hostvars = Object.fromEntries(hosts.map(host => [host.name, own(host.vars)]))
    expect({hosts: hosts.map(host => host.name), groups, hostvars}).toEqual(expected)
  })

  it('has cases for each format', () => {
    expect(cases.toSorted()).toEqual([
      'folder.json',
      'ini.json',
      'list.json',
      'playbook.json',
      'priority.json',
      'program.json',
      'several.json',
      'yaml.json',
    ])
  })
})

function own(vars: Values): Values {
  return Object.fromEntries(Object.entries(vars).filter(([name]) => !magic.includes(name)))
}
