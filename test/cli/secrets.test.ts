import {readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {beforeAll, describe, expect, test} from 'vitest'
import {has, tool} from '../secrets/tools.ts'
import {folderWith, type Given, provision, screen} from './program.ts'

const sentinel = 'sentinel-of-the-tests'
const folder = folderWith({
  'prod.yml': `
    web:
      hosts:
        web1: {ansible_connection: local, token: in-the-clear}
        web2: {ansible_connection: local}
  `,
  'play.yml': `
    - hosts: web
      gather_facts: false
      tasks:
        - {name: Tell, debug: {msg: "{{ word }} and {{ made }} {{ made | length }}"}}
  `,
  'meta/argument_specs.yml': `
    argument_specs:
      main:
        options:
          word: {no_log: true}
          made: {generate: {length: 24, chars: [ascii_letters, digits]}, rotate: {playbook: play.yml}}
          kept: {generate: {length: 8, chars: [digits]}, rotate: {refuse: 'nobody knows how.'}}
          used: {generate: {length: 8, chars: [digits]}, rotate: {playbook: play.yml, warning: 'All are logged out.'}}
  `,
})

/** A run in the folder; recipients are named by the order in which they were made. */
async function shown(words: string, given?: Given): Promise<string> {
  const text = screen(await provision(folder, words.split(' '), given))
  return text.replace(/age1[a-z0-9]{58}/g, 'age1…')
}

const secrets = (words: string, given?: Given) => shown(`secrets ${words} -i prod.yml`, given)

describe('provision secrets', () => {
  test('has nothing before there is something', async () => {
    expect(await secrets('list')).toMatchInlineSnapshot(`
      "exit 3
      error: there is no prod.secrets.age yet
      provision secrets init makes it, and so does the first run that needs a secret."
    `)
    expect(readdirSync(folder)).not.toContain('prod.secrets.age')
  })

  test('a run that only looks makes nothing', async () => {
    const ran = await provision(folder, ['play.yml', '-i', 'prod.yml', '--check', '-e', `word=${sentinel}`])
    expect(ran.exit).toBe(0)
    expect(ran.stdout).toContain('[secret] and [secret] 24')
    expect(readdirSync(folder).toSorted()).toEqual(['meta', 'play.yml', 'prod.yml'])
  })

  test('set takes stdin, makes the file and an identity, and shows no value', async () => {
    expect(await secrets('set word', {input: `${sentinel}\n`})).toMatchInlineSnapshot(`
      "exit 0
      Made an identity: FOLDER/.config/provision/identity.txt. It alone opens the secrets that are sealed from now on: back it up, and show it to nobody.
      word is sealed for all in prod.secrets.age."
    `)
    expect(statSync(join(folder, 'prod.secrets.age')).mode & 0o777).toBe(0o600)
    expect(await secrets('set token --for web1', {input: 'other'})).toMatchInlineSnapshot(`
      "exit 0
      token is sealed for web1 in prod.secrets.age.
      But prod.yml:3 says token in the clear, and wins: take it out there."
    `)
    expect(await secrets('set word', {input: ''})).toMatchInlineSnapshot(`
      "exit 3
      error: word cannot be empty
      Type it, or give it on stdin."
    `)
    expect(await secrets('set word --for wbe', {input: 'x'})).toMatchInlineSnapshot(`
      "exit 3
      error: the inventory has no host or group wbe
      Did you mean "web"?"
    `)
  })

  test('a run makes what is missing, once, and hides all of it', async () => {
    const first = await provision(folder, ['play.yml', '-i', 'prod.yml'])
    expect(screen(first)).toMatch(/Made 6 secrets for web1, web2, sealed in prod\.secrets\.age/)
    expect(first.stdout).toContain('[secret] and [secret] 24')
    const made = (await secrets('show made --for web1')).split('\n').at(-1) ?? ''
    expect(made).toMatch(/^[A-Za-z][A-Za-z0-9]{23}$/)
    const second = await provision(folder, ['play.yml', '-i', 'prod.yml', '-vv', '-o', 'json'])
    expect(second.stderr).not.toContain('Made')
    expect(second.stdout + second.stderr).not.toContain(sentinel)
    expect(second.stdout + second.stderr).not.toContain(made)
    expect((await secrets('show made --for web1')).split('\n').at(-1)).toBe(made)
  })

  test('list shows names, show a value, and each says what is wrong', async () => {
    expect(await secrets('list')).toMatchInlineSnapshot(`
      "exit 0
      stdout:
      all
        word
      web1
        token
        made
        kept
        used
      web2
        made
        kept
        used
      opened by
        age1…"
    `)
    expect(await secrets('show word')).toMatchInlineSnapshot(`
      "exit 0
      stdout:
      sentinel-of-the-tests"
    `)
    expect(await secrets('show made')).toMatchInlineSnapshot(`
      "exit 3
      error: web1, web2 each have a secret made
      Say which: --for web1"
    `)
    expect(await secrets('show wrod')).toMatchInlineSnapshot(`
      "exit 3
      error: there is no secret wrod
      Did you mean "word"?"
    `)
    expect(await secrets('show word --for web1')).toMatchInlineSnapshot(`
      "exit 3
      error: web1 has no secret word of its own
      It is that of all."
    `)
  })

  test('hosts --vars tells where a secret is said, and hides it', async () => {
    expect(await shown('hosts -i prod.yml --vars web1 --playbook-dir .')).toMatchInlineSnapshot(`
      "exit 0
      stdout:
      web1
        ansible_connection: "local"  (prod.yml:3)
        kept: "[secret]"  (prod.secrets.age)
        made: "[secret]"  (prod.secrets.age)
        token: "[secret]"  (prod.yml:3)
        used: "[secret]"  (prod.secrets.age)
        word: "[secret]"  (prod.secrets.age)"
    `)
    expect(
      await shown('hosts -i prod.yml --vars web1', {environment: {PROVISION_AGE_IDENTITY: 'none.txt'}}),
    ).toMatchInlineSnapshot(`
      "exit 0
      note: FOLDER/prod.secrets.age is sealed, and there is no identity to open it: none.txt does not exist; what it holds is not shown
      stdout:
      web1
        ansible_connection: "local"  (prod.yml:3)
        token: "[secret]"  (prod.yml:3)"
    `)
  })

  test('edit opens a file that only its owner reads, and seals what comes of it', async () => {
    const look = 'stat -c "%a" "$1" $(dirname "$1") >modes; cp "$1" seen; sed -i s/in-the/of-the/'
    writeFileSync(
      join(folder, 'editor'),
      `#!/bin/sh\n${look.replace('s/in-the/of-the/', 's/sentinel/changed/ "$1"')}\n`,
      {mode: 0o755},
    )
    expect(await secrets('edit', {environment: {EDITOR: './editor'}})).toBe('exit 0')
    expect(readFileSync(join(folder, 'modes'), 'utf8')).toBe('600\n700\n')
    expect(await secrets('show word')).toContain('changed-of-the-tests')
    const bad = {environment: {EDITOR: 'sh -c \'echo "values: [" >"$0"\''}}
    expect(await secrets('edit', bad)).toMatchInlineSnapshot(`
      "exit 3
      error: what your text holds cannot be read: line 1: this bracket is never closed
      provision secrets edit mends it."
    `)
    expect(await secrets('edit', {environment: {EDITOR: 'false'}})).toMatchInlineSnapshot(`
      "exit 3
      error: false failed, so that nothing was changed
      Set EDITOR to your editor."
    `)
    expect(await secrets('show word')).toContain('changed-of-the-tests')
  })

  test('rotate replaces a value when its playbook has succeeded, and keeps both until then', async () => {
    const before = await secrets('show made --for web1')
    const failing = "- hosts: web\n  gather_facts: false\n  tasks: [{fail: {msg: 'cut {{ rotating_secrets }}'}}]\n"
    const playbook = readFileSync(join(folder, 'play.yml'), 'utf8')
    writeFileSync(join(folder, 'play.yml'), failing)
    const cut = await secrets('rotate made --for web1 --playbook play.yml')
    expect(cut).toMatch(/^exit 1\n/)
    expect(cut).toMatch(/made is not rotated yet\. prod\.secrets\.age keeps both values/)
    expect(await secrets('show made --for web1')).toBe(before)
    writeFileSync(join(folder, 'play.yml'), playbook)
    expect((await provision(folder, ['play.yml', '-i', 'prod.yml'])).stderr).toContain(
      'The rotation of made for web1 is not finished',
    )
    const goneOn = await secrets('rotate made --for web1 --playbook play.yml')
    expect(goneOn).toContain('The rotation of made goes on.')
    expect(goneOn).toContain('made of web1 is rotated; prod.secrets.age has the new value alone.')
    expect(await secrets('show made --for web1')).not.toBe(before)
  })

  test('rotate refuses what cannot be replaced, and what nobody agreed to', async () => {
    expect(await secrets('rotate kept --for web1 --playbook play.yml')).toMatchInlineSnapshot(`
      "exit 3
      error: kept cannot be rotated: nobody knows how."
    `)
    expect(await secrets('rotate used --for web1 --playbook play.yml')).toMatchInlineSnapshot(`
      "exit 3
      error: A new used: All are logged out.
      With --yes it is done."
    `)
    expect(await secrets('rotate word --playbook play.yml')).toMatchInlineSnapshot(`
      "exit 3
      error: nothing declares how word is rotated
      Change it where it is used, and then here: provision secrets set word"
    `)
    expect(await secrets('rotate maed --playbook play.yml')).toMatchInlineSnapshot(`
      "exit 3
      error: play.yml has no input maed
      Did you mean "made"?"
    `)
  })
})

describe.skipIf(!has('age'))('a team', () => {
  const place = folderWith({})
  beforeAll(() => tool('age-keygen', ['-o', join(place, 'ann.txt')]))

  test('may open what is sealed for it, with age, too, until somebody is removed', async () => {
    const ann = (await tool('age-keygen', ['-y', join(place, 'ann.txt')])).trim()
    const asAnn = {environment: {PROVISION_AGE_IDENTITY: join(place, 'ann.txt')}}
    expect(await secrets('show word', asAnn)).toMatch(
      /^exit 3\nerror: FOLDER\/prod\.secrets\.age is not sealed for the identity/,
    )
    expect(await secrets(`rekey --add ${ann}`)).toMatchInlineSnapshot(`
      "exit 0
      prod.secrets.age is sealed; who may open it:
        age1…
        age1…"
    `)
    expect(await secrets('set word', {...asAnn, input: 'from ann'})).toContain('exit 0')
    expect(await secrets('show word')).toContain('from ann')
    expect(await tool('age', ['-d', '-i', join(place, 'ann.txt'), join(folder, 'prod.secrets.age')])).toContain(
      'word: from ann',
    )
    expect(await secrets(`rekey --remove ${ann}`)).toMatchInlineSnapshot(`
      "exit 0
      prod.secrets.age is sealed; who may open it:
        age1…
      Whoever could open them before knows the old values: provision secrets rotate replaces those that matter."
    `)
    expect(await secrets('show word', asAnn)).toMatch(/^exit 3/)
    expect(await secrets('rekey --to nobody')).toMatchInlineSnapshot(`
      "exit 3
      error: the secrets cannot be sealed: unrecognized recipient type"
    `)
    expect(await secrets('show word')).toContain('from ann')
  })
})
