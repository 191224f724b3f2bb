import {chmodSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {beforeAll, describe, expect, test} from 'vitest'
import {has, tool} from '../secrets/tools.ts'
import {folderWith, provision, screen} from './program.ts'

const sentinels = ['sentinel-in-a-value', 'sentinel-in-a-file', 'sentinel-in-vars']
const folder = folderWith({
  'hosts.yml': 'all:\n  hosts:\n    a: {ansible_connection: local}\n',
  'play.yml': `
    - hosts: all
      gather_facts: false
      vars_files: [vars.yml]
      tasks:
        - debug: {msg: "{{ value }} {{ filed.deep }} {{ shared }}"}
        - assert: {that: [value == 'sentinel-in-a-value', filed.deep == 'sentinel-in-a-file', shared == 'sentinel-in-vars', number == 5]}
  `,
  password: 'open sesame\n',
  'vault-client.sh': '#!/bin/sh\n[ "$1 $2" = "--vault-id prod" ] && echo open barley\n',
})

const at = (name: string) => join(folder, name)
const run = async (...words: readonly string[]) =>
  screen(await provision(folder, ['play.yml', '-i', 'hosts.yml', ...words]))

describe.skipIf(!has('ansible-vault'))('what ansible-vault encrypted', () => {
  beforeAll(async () => {
    chmodSync(at('vault-client.sh'), 0o755)
    const string = ['encrypt_string', '--vault-password-file', at('password'), '--name', 'value', 'sentinel-in-a-value']
    writeFileSync(at('host.yml'), await tool('ansible-vault', string))
    writeFileSync(at('plain.yml'), 'filed: {deep: sentinel-in-a-file}\nnumber: 5\n')
    const whole = ['encrypt', '--vault-id', `prod@${at('vault-client.sh')}`, '--output', '-', at('plain.yml')]
    const file = await tool('ansible-vault', whole)
    writeFileSync(at('plain.yml'), 'shared: sentinel-in-vars\n')
    const vars = ['encrypt', '--vault-password-file', at('password'), '--output', '-', at('plain.yml')]
    writeFileSync(at('vars.yml'), await tool('ansible-vault', vars))
    const {mkdirSync} = await import('node:fs')
    for (const name of ['host_vars', 'group_vars']) mkdirSync(at(name))
    writeFileSync(at('host_vars/a.yml'), await tool('cat', [at('host.yml')]))
    writeFileSync(at('group_vars/all.yml'), file)
  })

  const keys = ['--vault-password-file', 'password', '--vault-id', 'prod@vault-client.sh']

  test('is read with all passwords that are given, and never shown', async () => {
    const ran = await provision(folder, ['play.yml', '-i', 'hosts.yml', '-vv', ...keys])
    expect(screen(ran)).toMatch(/^exit 0/)
    expect(ran.stdout).toContain('[secret] [secret] [secret]')
    for (const sentinel of sentinels) expect(ran.stdout + ran.stderr).not.toContain(sentinel)
    const hosts = await provision(folder, ['hosts', '-i', 'hosts.yml', '--vars', 'a', ...keys])
    expect(screen(hosts)).toMatchInlineSnapshot(`
      "exit 0
      stdout:
      a
        ansible_connection: "local"  (hosts.yml:3)
        filed: {"deep":"[secret]"}  (group_vars/all.yml:1)
        number: 5  (group_vars/all.yml:2)
        value: "[secret]"  (host_vars/a.yml:1)"
    `)
  })

  test('is refused without a password, and with wrong ones', async () => {
    expect(await run('--vault-password-file', 'password')).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/group_vars/all.yml:1:1: this file cannot be read: encrypted by ansible-vault, and no password that was given opens it (its label is prod)"
    `)
    expect(await run()).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/vars.yml:1:1: this file cannot be read: encrypted by ansible-vault, and there is no password: --ask-vault-pass, --vault-password-file, --vault-id

      FOLDER/group_vars/all.yml:1:1: this file cannot be read: encrypted by ansible-vault, and there is no password: --ask-vault-pass, --vault-password-file, --vault-id

      FOLDER/host_vars/a.yml:1:15: this value cannot be read: encrypted by ansible-vault, and there is no password: --ask-vault-pass, --vault-password-file, --vault-id

      3 problems in 3 files"
    `)
    expect(await run('--vault-id', 'prod@nowhere')).toMatchInlineSnapshot(`
      "exit 3
      error: the password of ansible-vault cannot be had from FOLDER/nowhere: there is no such file"
    `)
    expect(await run('--ask-vault-pass')).toMatchInlineSnapshot(`
      "exit 3
      error: there is no terminal to ask for the password of ansible-vault
      Take --vault-password-file."
    `)
  })

  test('is read with the password that the environment names', async () => {
    const environment = {ANSIBLE_VAULT_PASSWORD_FILE: 'password', ANSIBLE_VAULT_IDENTITY_LIST: 'prod@./vault-client.sh'}
    expect((await provision(folder, ['play.yml', '-i', 'hosts.yml'], {environment})).exit).toBe(0)
  })
})
