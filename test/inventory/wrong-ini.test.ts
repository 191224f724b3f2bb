import {mkdtempSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {ConfigError} from '../../src/errors.ts'
import {loadInventory} from '../../src/inventory/inventory.ts'

const folder = mkdtempSync(join(tmpdir(), 'inventory-'))

async function problemsOf(...sources: readonly string[]): Promise<readonly string[]> {
  const error = await loadInventory(sources).catch((error: unknown) => error)
  if (!(error instanceof ConfigError)) throw error
  return error.problems.map(({source, message, expected, suggestion}) =>
    [`${source.line}:${source.column}`, message, expected, suggestion]
      .filter(Boolean)
      .join(' | ')
      .replaceAll(folder, ''),
  )
}

function file(name: string, text: string, mode = 0o644): string {
  writeFileSync(join(folder, name), text, {mode})
  return join(folder, name)
}

describe('a wrong inventory in INI tells every mistake, where it is and what was meant', () => {
  it.each([
    [
      '[web:chldren]\na\n',
      ['1:6 | [web:chldren] is no kind of section | [web], [web:children] or [web:vars] | Did you mean "children"?'],
    ],
    ['[web servers]\na\n', ['1:2 | [web servers] names no group | [web], [web:children] or [web:vars]']],
    ['[web]\na\n[all:children]\nwbe\n', ['4:1 | there is no group "wbe" | a section [wbe] | Did you mean "web"?']],
    [
      '[web]\na\n[wbe:vars]\nx=1\n',
      ['3:2 | there is no group "wbe" for [wbe:vars] | a section [wbe] | Did you mean "web"?'],
    ],
    [
      '[web]\na x=1  y\n  b = 2\n',
      [
        '2:8 | found "y" after a host | name=value, without spaces around =',
        '3:5 | found "=" after a host | name=value, without spaces around =',
      ],
    ],
    [
      '[web]\na[5:1]\nb[01:200]\n',
      [
        '2:1 | the range in "a[5:1]" makes no sense | web[01:20] or web:2222',
        '3:1 | the range in "b[01:200]" makes no sense | web[01:20] or web:2222',
      ],
    ],
    ['[web]\na:\n', ['2:1 | a port is missing after "a:" | web[01:20] or web:2222']],
    ["[web]\na x='1\n", ['2:1 | a quote is not closed on this line | the same quote again']],
    ['[web:vars]\nx: 1\n[web]\n', ['2:1 | found "x: 1" here | name=value']],
    [
      '[web]\na\n[web:vars]\nansible_group_priority=high\n',
      ['4:1 | ansible_group_priority cannot be "high" | a whole number; the higher one wins'],
    ],
    ['[a:children]\nb\n[b:children]\na\n', ['1:2 | groups contain each other in a circle: a -> b -> a']],
  ])('%j', async (text, problems) => {
    expect(await problemsOf(file('hosts.ini', text))).toEqual(problems)
  })

  it('and those of every inventory that is given', async () => {
    expect(await problemsOf(file('one.ini', '[web]\na b\n'), join(folder, 'nope'), file('two.yml', '- a\n'))).toEqual([
      '2:3 | found "b" after a host | name=value, without spaces around =',
      '1:1 | the inventory does not exist',
      '1:1 | found a list here | a map of groups',
    ])
  })
})

describe('what is not supported is named', () => {
  it.each([
    [
      'aws.yml',
      'plugin: amazon.aws.aws_ec2\n',
      [
        "1:1 | this is the configuration of an inventory plugin, and plugins are not supported | a program that prints the plugin's hosts as JSON",
      ],
    ],
    ['hosts.toml', '[web]\n', ['1:1 | inventories in TOML are not supported | INI, YAML or a program']],
    ['program', '#!/bin/sh\n', ['1:1 | the inventory is a program that may not be executed | chmod +x /program']],
  ])('%s', async (name, text, problems) => {
    expect(await problemsOf(file(name, text))).toEqual(problems)
  })
})

describe('an inventory program that fails says how', () => {
  it.each([
    [
      'echo "no token" >&2; exit 2',
      ['1:1 | the inventory program failed for --list: exit code 2: no token | JSON, and exit code 0'],
    ],
    [
      'echo web',
      [
        expect.stringMatching(
          /^1:1 \| the inventory program did not print JSON for --list: .* \| JSON, and exit code 0$/,
        ),
      ],
    ],
    ["echo '[]'", ['1:1 | the inventory program printed something else for --list | a map']],
    [
      `echo '{"web": {"hosts": "a"}}'`,
      ['1:1 | the inventory program printed something else for the hosts of "web" | a list of names'],
    ],
    [
      `[ $1 = --list ] && echo '{"web": ["a"]}' || exit 3`,
      ['1:1 | the inventory program failed for --host a: exit code 3 | JSON, and exit code 0'],
    ],
  ])('%s', async (script, problems) => {
    expect(await problemsOf(file('fails.sh', `#!/bin/sh\n${script}\n`, 0o755))).toEqual(problems)
  })
})
