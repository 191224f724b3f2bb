import {describe, expect, test} from 'vitest'
import {run, runFiles} from './refused.ts'

const play = `
  - hosts: web
    tasks:
      - name: Alive
        ping:
        tags: [alive, check]
      - debug: {msg: "{{ color | default('red') }}"}
`

describe('the command line is refused, with what to write instead, for', () => {
  test('no inventory', async () => {
    expect(await runFiles({'site.yml': play})).toMatchInlineSnapshot(`
      "exit 3
      Usage: provision [options] [command] [playbook...]

      Takes bare Linux hosts, over SSH alone, to a running Chatwoot, and keeps them
      there.

      Arguments:
        playbook                playbook to run (default: ["site.yml"])

      Options:
        -V, --version           output the version number
        -i, --inventory <file>  file, folder, program, or web1,web2, (repeatable)
        -l, --limit <pattern>   only these hosts
        -t, --tags <tags>       only tasks with these tags
        -C, --check             change nothing, say what would change
        -D, --diff              show what changes in files
        -K, --ask-become-pass   ask for the password of sudo
        --syntax-check          only read and check; takes folders, too
        -v, --verbose           say more; -vv even more
        -o, --output <form>     how to report (choices: "pretty", "plain", "json",
                                "jsonl", "junit")
        -h, --help              display help for command

      Commands:
        init                    ask what a site needs, and write its inventory
        plan                    say what a run would do, and keep it in a file
        apply                   do exactly what such a file says, or stop
        drift                   say what is no longer as it should be
        report                  make an HTML page of a run or of drift
        hosts                   show an inventory's hosts, or a host's variables
        sandbox                 make throwaway hosts on this machine
        secrets                 show and change what is sealed beside an inventory
        docs                    show modules, or the inputs of the site
        schema                  write JSON Schemas, for editors
        completion              have a shell complete the words of provision

      All flags: provision -v --help

      Example:
        provision --inventory prod.yml --check --diff"
    `)
  })

  test('a playbook without inventory', async () => {
    expect(await runFiles({'site.yml': play}, 'site.yml')).toMatchInlineSnapshot(`
      "exit 3
      error: --inventory is missing: it says which hosts
      Name one: provision --inventory prod.yml; inventory/example.yml is one to copy and fill in."
    `)
  })

  test('unknown flags', async () => {
    expect(await run(play, {}, '--chek')).toMatchInlineSnapshot(`
      "exit 3
      error: unknown option '--chek'
      (Did you mean --check?)
      (provision --help shows what there is)"
    `)
    expect(await run(play, {}, '--ask-vault-pass')).toMatchInlineSnapshot(`
      "exit 3
      error: there is no terminal to ask for the password of ansible-vault
      Take --vault-password-file."
    `)
  })

  test('wrong values of flags', async () => {
    expect(await run(play, {}, '--forks', 'many')).toMatchInlineSnapshot(`
      "exit 3
      error: option '-f, --forks <number>' argument 'many' is invalid. Expected a whole number above 0.
      (provision --help shows what there is)"
    `)
    expect(await run(play, {}, '--timeout', '0')).toMatchInlineSnapshot(`
      "exit 3
      error: option '-T, --timeout <seconds>' argument '0' is invalid. Expected a whole number above 0.
      (provision --help shows what there is)"
    `)
    expect(await run(play, {}, '--host-keys', 'yes')).toMatchInlineSnapshot(`
      "exit 3
      error: option '--host-keys <policy>' argument 'yes' is invalid. Allowed choices are strict, accept-new, off.
      (provision --help shows what there is)"
    `)
    expect(await run(play, {}, '--output', 'yaml')).toMatchInlineSnapshot(`
      "exit 3
      error: option '-o, --output <form>' argument 'yaml' is invalid. Allowed choices are pretty, plain, json, jsonl, junit.
      (provision --help shows what there is)"
    `)
    expect(await run(play, {}, '--limit')).toMatchInlineSnapshot(`
      "exit 3
      error: option '-l, --limit <pattern>' argument missing
      (provision --help shows what there is)"
    `)
  })

  test('too many words', async () => {
    expect(await run(play, {}, 'site.yml', 'other.yml')).toMatchInlineSnapshot(`
      "exit 3
      error: only one playbook is run at a time
      Run them one after another, or name them in one playbook by import_playbook."
    `)
  })

  test('unknown playbooks and inventories', async () => {
    const files = {'site.yml': play, 'playbooks/deploy.yml': play, 'inventory/production.yml': 'web:\n'}
    expect(await runFiles(files, '-i', 'production', 'deplyo.yml')).toMatchInlineSnapshot(`
      "exit 3
      error: there is no playbook deplyo.yml
      Did you mean "deploy.yml"? Looked in FOLDER, FOLDER/playbooks, PACKAGE/playbooks."
    `)
    expect(await runFiles(files, '-i', 'prodution')).toMatchInlineSnapshot(`
      "exit 3
      error: there is no inventory prodution
      Did you mean "production"? Looked in FOLDER, FOLDER/inventory, PACKAGE/inventory."
    `)
    expect(await runFiles(files, '-i', 'inventory/prodution.yml')).toMatchInlineSnapshot(`
      "exit 3
      error: there is no inventory inventory/prodution.yml
      Did you mean "production.yml"? Looked in FOLDER, FOLDER/inventory, PACKAGE/inventory."
    `)
    expect(await runFiles(files, '-i', 'x')).toMatchInlineSnapshot(`
      "exit 3
      error: there is no inventory x
      Looked in FOLDER, FOLDER/inventory, PACKAGE/inventory."
    `)
  })

  test('hosts and groups that --limit names wrongly', async () => {
    expect(await run(play, {}, '--limit', 'web9')).toMatchInlineSnapshot(`
      "exit 3
      error: there is no host or group "web9" in the inventory
      Did you mean "web"?"
    `)
    expect(await run(play, {}, '--limit', 'wbe')).toMatchInlineSnapshot(`
      "exit 3
      error: there is no host or group "wbe" in the inventory
      Did you mean "web"?"
    `)
    expect(await run(play, {}, '--limit', 'web:!ws')).toMatchInlineSnapshot(`
      "exit 3
      error: there is no host or group "ws" in the inventory"
    `)
    expect(await run(play, {}, '--limit', 'web:&db')).toMatchInlineSnapshot(`
      "exit 3
      error: --limit web:&db leaves no host"
    `)
    expect(await run(play, {}, '--limit', 'db')).toMatchInlineSnapshot(`
      "exit 3
      error: --limit db leaves no host of the playbook
      The plays want: web"
    `)
    expect(await run(play, {}, '--limit', '~web[')).toMatchInlineSnapshot(`
      "exit 3
      error: "web[" is not a regular expression"
    `)
  })

  test('unknown tags', async () => {
    expect(await run(play, {}, '--tags', 'chek')).toMatchInlineSnapshot(`
      "exit 3
      error: nothing in the playbook has the tag "chek"
      Did you mean "check"?"
    `)
    expect(await run(play, {}, '--tags', 'alive,nginx')).toMatchInlineSnapshot(`
      "exit 3
      error: nothing in the playbook has the tag "nginx"
      Tags here: alive, check"
    `)
    expect(await run(play, {}, '--skip-tags', 'nginx')).toMatchInlineSnapshot(`
      "exit 3
      error: nothing in the playbook has the tag "nginx"
      Tags here: alive, check"
    `)
  })

  test('wrong variables', async () => {
    expect(await run(play, {}, '-e', 'color')).toMatchInlineSnapshot(`
      "exit 3
      error: -e color: expected name=value, and found color"
    `)
    expect(await run(play, {}, '-e', '{color: red')).toMatchInlineSnapshot(`
      "exit 3
      error: -e {color: red: this is not YAML: this bracket is never closed"
    `)
    expect(await run(play, {}, '-e', '@colors.yml')).toMatchInlineSnapshot(`
      "exit 3
      error: cannot read the file of -e @colors.yml"
    `)
    expect(await run(play, {'colors.yml': '- red\n'}, '-e', '@colors.yml')).toMatchInlineSnapshot(`
      "exit 3
      error: -e @colors.yml: expected named values, such as color: red"
    `)
    expect(await run(play, {'colors.yml': 'color red\nb: 1\n'}, '-e', '@colors.yml')).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/colors.yml:1:1: a colon is missing after a key
        1 | color red
          | ^
        expected: key: value"
    `)
  })

  test('a password that nobody can type', async () => {
    expect(await run(play, {}, '--ask-become-pass')).toMatchInlineSnapshot(`
      "exit 3
      error: --ask-become-pass needs a terminal
      set ansible_become_password in the inventory instead"
    `)
  })
})
