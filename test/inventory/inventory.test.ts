import {mkdtempSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {ConfigError, UsageError} from '../../src/errors.ts'
import {loadInventory} from '../../src/inventory/inventory.ts'
import {selectHosts} from '../../src/inventory/select-hosts.ts'
import type {Host} from '../../src/play.ts'

const here = import.meta.dirname
const inventory = await loadInventory(join(here, 'site/hosts.yml'), [join(here, 'play')])

function host(name: string): Host {
  const found = inventory.hosts.find(host => host.name === name)
  if (!found) throw new Error(`no ${name}`)
  return found
}

describe('an inventory in YAML', () => {
  it('knows groups, children and ranges', () => {
    expect(inventory.groups).toEqual({
      all: [
        'lonely.example.com',
        'web01.example.com',
        'web02.example.com',
        'web03.example.com',
        'db-a',
        'db-b',
        'db-c',
      ],
      ungrouped: ['lonely.example.com'],
      servers: ['web01.example.com', 'web02.example.com', 'web03.example.com', 'db-a', 'db-b', 'db-c'],
      web: ['web01.example.com', 'web02.example.com', 'web03.example.com'],
      db: ['db-a', 'db-b', 'db-c'],
      alpha: ['web02.example.com'],
    })
  })

  it('gives variables in the order of precedence', () => {
    const level = (name: string) => host(name).vars.level
    expect(level('lonely.example.com')).toBe('all')
    expect(level('db-a')).toBe('servers')
    expect(level('web01.example.com')).toBe('group_vars/web')
    expect(level('web03.example.com')).toBe('host_vars')
    expect([host('db-a').vars.from_all, host('db-a').vars.only_here, host('db-a').vars.inputs]).toEqual([
      'playbook',
      'playbook',
      [1],
    ])
    expect([host('web01.example.com').vars.port, host('web03.example.com').vars.port]).toEqual([9090, 8080])
    expect(host('web03.example.com').vars.deep).toEqual({a: 1})
  })

  it('reads values as Ansible does', () => {
    const {mode, flag, letter, big, when} = host('web01.example.com').vars
    expect({mode, flag, letter, big, when}).toEqual({
      mode: '0644',
      flag: true,
      letter: 'y',
      big: '12345678901234567890',
      when: '2024-01-02',
    })
  })

  it('gives magic variables', () => {
    const {inventory_hostname, inventory_hostname_short, group_names, inventory_dir, inventory_file} =
      host('web02.example.com').vars
    expect({inventory_hostname, inventory_hostname_short, group_names, inventory_dir, inventory_file}).toEqual({
      inventory_hostname: 'web02.example.com',
      inventory_hostname_short: 'web02',
      group_names: ['alpha', 'servers', 'web'],
      inventory_dir: join(here, 'site'),
      inventory_file: join(here, 'site/hosts.yml'),
    })
    expect(host('lonely.example.com').vars.group_names).toEqual(['ungrouped'])
    expect(host('web02.example.com').vars.groups).toEqual(inventory.groups)
  })
})

describe('a pattern', () => {
  it.each([
    [
      'all',
      ['lonely.example.com', 'web01.example.com', 'web02.example.com', 'web03.example.com', 'db-a', 'db-b', 'db-c'],
    ],
    ['web', ['web01.example.com', 'web02.example.com', 'web03.example.com']],
    ['db-b,web01.example.com', ['db-b', 'web01.example.com']],
    ['web:db-a', ['web01.example.com', 'web02.example.com', 'web03.example.com', 'db-a']],
    ['servers:!db', ['web01.example.com', 'web02.example.com', 'web03.example.com']],
    ['web:&alpha', ['web02.example.com']],
    ['!web:!db', ['lonely.example.com']],
    ['*.example.com:!web0?*', ['lonely.example.com']],
    ['~(web|db)0?1', ['web01.example.com']],
    ['web[0]', ['web01.example.com']],
    ['web[-1]', ['web03.example.com']],
    ['web[1:]', ['web02.example.com', 'web03.example.com']],
    ['web[0:1]', ['web01.example.com', 'web02.example.com']],
    ['nothing*', []],
  ])('%s', (pattern, names) => {
    expect(selectHosts(inventory, pattern).map(host => host.name)).toEqual(names)
  })

  it('finds localhost even if the inventory does not name it', () => {
    expect(selectHosts(inventory, 'localhost').map(host => host.vars.ansible_connection)).toEqual(['local'])
  })

  it('with an unknown name is a mistake of the file that has it, or of the command line', () => {
    const source = {file: 'site.yml', line: 2, column: 10}
    const message = 'there is no host or group "webb" in the inventory'
    expect(() => selectHosts(inventory, 'webb', source)).toThrow(
      new ConfigError([{source, message, suggestion: 'Did you mean "web"?'}]),
    )
    expect(() => selectHosts(inventory, 'webb')).toThrow(new UsageError(message, 'Did you mean "web"?'))
  })
})

describe('a wrong inventory', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inventory-'))

  async function problemsOf(text: string, name = 'hosts.yml'): Promise<readonly string[]> {
    const file = join(folder, name)
    writeFileSync(file, text)
    const error = await loadInventory(file).catch((error: unknown) => error)
    if (!(error instanceof ConfigError)) throw error
    return error.problems.map(({source, message, expected, suggestion}) =>
      [`${source.line}:${source.column}`, message, expected, suggestion].filter(Boolean).join(' | '),
    )
  }

  it.each([
    [
      'web:\n  host:\n    a:\n  vars: 3\n',
      [
        '2:3 | the group "web" has no key "host" | hosts, children, vars | Did you mean "hosts"?',
        '4:9 | found "3" here | a map of variables',
      ],
    ],
    ['web:\n  hosts: [a, b]\n', ['2:10 | found a list here | a map of hosts, each with a colon after its name']],
    ['web:\n  hosts:\n    a[3:1]:\n', ['3:5 | the range in "a[3:1]" makes no sense | web[01:20]']],
    [
      'web:\n  hosts:\n    a:\n      x: {{ y }}\n',
      ['4:10 | a value that begins with {{ needs quotes | the whole value in quotes: "{{ … }}"'],
    ],
    ['web:\n\thosts:\n', ['2:1 | a tab is used to indent | spaces']],
    ['web:\n  hosts:\n    a:\n    a:\n', ['4:5 | the key "a" stands here twice | each key once']],
    ['- web\n', ['1:1 | found a list here | a map of groups']],
    [
      'a:\n  children:\n    b:\n      children:\n        a:\n',
      ['1:1 | groups contain each other in a circle: a -> b -> a'],
    ],
  ])('%j', async (text, problems) => {
    expect(await problemsOf(text)).toEqual(problems)
  })

  it('that does not exist says so', async () => {
    await expect(loadInventory(join(folder, 'nope.yml'))).rejects.toThrow('the inventory does not exist')
  })
})
