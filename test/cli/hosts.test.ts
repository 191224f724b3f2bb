import {describe, expect, test} from 'vitest'
import {folderWith, provision, screen} from './program.ts'

const folder = folderWith({
  'prod/hosts': `
    lonely
    [web]
    web[1:2] http_port=80 db_url=postgres://app:hunter22@db
    [db]
    db1 db_password=hunter22
    [servers:children]
    web
    db
    [web:vars]
    http_port=8080
    level=web
    [all:vars]
    level=all
  `,
  'prod/group_vars/web.yml': `
    # two lines
    level: beside
    app: {name: chat, token: t0ken-of-app, users: [{name: ann, password: pass-of-ann}]}
    session_key: "{{ lookup('password', 'secrets/session') }}"
    made: "{{ lookup('pipe', 'pass show chat') }}"
    login: hunter22 and more
    db_password: hunter22
    private_key_file: ~/.ssh/prod
    no_token: null
    queue: redis://:only-here@redis
  `,
  'play/group_vars/web.yml': 'level: playbook\n',
  'play/defaults/main.yml': 'level: default\nextra: 1\n',
  'more.yml': 'web:\n  vars: {level: more}\n',
})
const shown = async (...words: readonly string[]) => screen(await provision(folder, ['hosts', ...words]))

describe('provision hosts', () => {
  test('lists the hosts of each group', async () => {
    expect(await shown('-i', 'prod/hosts')).toMatchInlineSnapshot(`
      "exit 0
      stdout:
      ungrouped
        lonely
      web
        web1
        web2
      db
        db1
      servers
        web1
        web2
        db1"
    `)
    expect(await shown('-i', 'prod/hosts', 'servers:!web2', '-o', 'json')).toMatchInlineSnapshot(`
      "exit 0
      stdout:
      {
        "groups": {
          "all": [
            "web1",
            "db1"
          ],
          "web": [
            "web1"
          ],
          "db": [
            "db1"
          ],
          "servers": [
            "web1",
            "db1"
          ]
        }
      }"
    `)
  })

  test('--vars tells each value and where it is said, and no secret', async () => {
    expect(await shown('-i', 'prod/hosts', '--vars', 'web1')).toMatchInlineSnapshot(`
      "exit 0
      stdout:
      web1
        app: {"name":"chat","token":"[secret]","users":[{"name":"ann","password":"[secret]"}]}  (prod/group_vars/web.yml:3)
        db_password: "[secret]"  (prod/group_vars/web.yml:7)
        db_url: "postgres://app:[secret]@db"  (prod/hosts:3)
        http_port: 80  (prod/hosts:3)
        level: "beside"  (prod/group_vars/web.yml:2)
        login: "[secret] and more"  (prod/group_vars/web.yml:6)
        made: "[secret]"  (prod/group_vars/web.yml:5)
        no_token: null  (prod/group_vars/web.yml:9)
        private_key_file: "~/.ssh/prod"  (prod/group_vars/web.yml:8)
        queue: "redis://:[secret]@redis"  (prod/group_vars/web.yml:10)
        session_key: "[secret]"  (prod/group_vars/web.yml:4)"
    `)
  })

  test('-v tells what a value wins over, in every inventory and beside the playbook', async () => {
    const words = [
      '-i',
      'prod/hosts',
      '-i',
      'more.yml',
      '--playbook-dir',
      'play',
      '--vars',
      'web1',
      '-v',
      '--show-secrets',
    ]
    expect(await shown(...words)).toMatchInlineSnapshot(`
      "exit 0
      stdout:
      web1
        app: {"name":"chat","token":"t0ken-of-app","users":[{"name":"ann","password":"pass-of-ann"}]}  (prod/group_vars/web.yml:3)
        db_password: "hunter22"  (prod/group_vars/web.yml:7)
        db_url: "postgres://app:hunter22@db"  (prod/hosts:3)
        extra: 1  (play/defaults/main.yml:2)
        http_port: 80  (prod/hosts:3)
          over 8080  (prod/hosts:10)
        level: "playbook"  (play/group_vars/web.yml:1)
          over "beside"  (prod/group_vars/web.yml:2)
          over "more"  (more.yml:2)
          over "web"  (prod/hosts:11)
          over "all"  (prod/hosts:13)
          over "default"  (play/defaults/main.yml:1)
        login: "hunter22 and more"  (prod/group_vars/web.yml:6)
        made: "{{ lookup('pipe', 'pass show chat') }}"  (prod/group_vars/web.yml:5)
        no_token: null  (prod/group_vars/web.yml:9)
        private_key_file: "~/.ssh/prod"  (prod/group_vars/web.yml:8)
        queue: "redis://:only-here@redis"  (prod/group_vars/web.yml:10)
        session_key: "{{ lookup('password', 'secrets/session') }}"  (prod/group_vars/web.yml:4)"
    `)
  })

  test('--output json tells the same', async () => {
    expect(await shown('-i', 'prod/hosts', '--vars', 'db1', '-v', '-o', 'json')).toMatchInlineSnapshot(`
      "exit 0
      stdout:
      {
        "db1": {
          "db_password": {
            "value": "[secret]",
            "file": "FOLDER/prod/hosts",
            "line": 5
          },
          "level": {
            "value": "all",
            "file": "FOLDER/prod/hosts",
            "line": 13
          }
        }
      }"
    `)
  })

  test('names what is near an unknown host', async () => {
    expect(await shown('-i', 'prod/hosts', '--vars', 'wbe1')).toMatchInlineSnapshot(`
      "exit 3
      error: there is no host or group "wbe1" in the inventory
      Did you mean "web1"?"
    `)
    expect(await shown('--vars', 'web1')).toMatchInlineSnapshot(`
      "exit 3
      error: --inventory is missing: it says which hosts
      Name one: provision --inventory prod.yml; inventory/example.yml is one to copy and fill in."
    `)
  })
})
