import {expect, test} from 'vitest'
import {runFiles} from './refused.ts'

const site = {
  'play/site.yml': `
    - hosts: all
      tasks: [{debug: {msg: "{{ site_name }} {{ site_disk.kind }}"}}]
  `,
  'play/meta/argument_specs.yml': `
    argument_specs:
      main:
        options:
          site_name: {required: true, example: chat, matches: '^[a-z]+$'}
          site_tls: {choices: [none, own], default: none}
          site_port: {type: int, default: 80}
          site_names: {type: list, elements: int, default: []}
          site_disk:
            type: dict
            default: {kind: local}
            options:
              kind: {required: true, choices: [local, remote]}
              key: {no_log: true, choices: [a]}
              size: {type: int}
          site_token: {no_log: true, matches: '^t-'}
      other: {options: {only_there: {required: true}}}
  `,
}

test('inputs that are not as declared are refused, each with its place', async () => {
  const hosts = `
    all:
      vars:
        site_tls: nonne
        site_port: "{{ 1 + 1 }}"
        site_token: sentinel-of-the-tests
      hosts:
        a:
          site_name: Chat 1
          site_names: [1, two]
          site_disk:
            sise: 1
            key: sentinel-of-the-tests
        b:
          site_name: chat
          site_prot: 80
          my_port: 80
  `
  const said = await runFiles(
    {...site, 'hosts.yml': hosts},
    '-i',
    'hosts.yml',
    'play/site.yml',
    '-e',
    'site_port=often',
  )
  expect(said).not.toContain('sentinel')
  expect(said).toMatchInlineSnapshot(`
    "exit 3
    FOLDER/hosts.yml:3:5: the input "site_tls" cannot be "nonne"
      3 |     site_tls: nonne
        |     ^
      expected: none, own
      Did you mean "none"?

    FOLDER/hosts.yml:5:5: the input "site_token" cannot be what it is
      expected: text that matches ^t-

    FOLDER/hosts.yml:8:7: the input "site_name" cannot be "Chat 1"
      8 |       site_name: Chat 1
        |       ^
      expected: such as chat

    FOLDER/hosts.yml:9:23: the input "site_names[1]" cannot be "two"
      9 |       site_names: [1, two]
        |                       ^
      expected: a whole number

    FOLDER/hosts.yml:10:7: the input "site_disk.kind" is missing
      10 |       site_disk:
         |       ^
      expected: local, remote

    FOLDER/hosts.yml:11:9: "site_disk" takes no "sise"
      11 |         sise: 1
         |         ^
      expected: kind, key, size
      Did you mean "size"?

    FOLDER/hosts.yml:12:14: the input "site_disk.key" cannot be what it is
      expected: a

    FOLDER/hosts.yml:15:7: there is no input "site_prot", and nothing uses such a variable
      15 |       site_prot: 80
         |       ^
      Did you mean "site_port"?

    FOLDER/play/meta/argument_specs.yml:6:7: -e: the input "site_port" cannot be "often"
      6 |       site_port: {type: int, default: 80}
        |       ^
      expected: a whole number

    9 problems in 2 files"
  `)
})

test('an input that the playbook of that name alone needs is asked for there', async () => {
  const files = {
    ...site,
    'play/other.yml': '- hosts: all\n  tasks: [{ping: }]\n',
    'hosts.yml': 'all: {hosts: {a: {site_name: chat}}}\n',
  }
  expect(await runFiles(files, '-i', 'hosts.yml', '--syntax-check', 'play')).toMatchInlineSnapshot(`
    "exit 3
    FOLDER/hosts.yml:1:15: a lacks the input "only_there"
      1 | all: {hosts: {a: {site_name: chat}}}
        |               ^
      expected: only_there: … (for example) beside the host or in vars of its group, or -e only_there=…

    1 problem in 1 of 2 playbooks
    Passed over (no lists of plays): meta/"
  `)
})

test('a declaration that is wrong is refused with its place', async () => {
  const specs = `
    argument_specs:
      main:
        option: {}
        options:
          site_name: {typ: str, required: maybe}
          site_password: {generate: {length: 1, chars: [digits, ascii_letters]}}
          site_key: {type: text, rotate: {}}
  `
  const files = {...site, 'play/meta/argument_specs.yml': specs, 'hosts.yml': 'all: {hosts: {a: }}\n'}
  expect(await runFiles(files, '-i', 'hosts.yml', 'play/site.yml')).toMatchInlineSnapshot(`
    "exit 3
    FOLDER/play/meta/argument_specs.yml:3:5: "main" has no key "option"
      3 |     option: {}
        |     ^
      expected: short_description, description, author, options
      Did you mean "options"?

    FOLDER/play/meta/argument_specs.yml:5:19: the option "site_name" has no key "typ"
      5 |       site_name: {typ: str, required: maybe}
        |                   ^
      expected: type, required, default, choices, elements, options, description, no_log, topic, example, matches, generate, rotate, ask
      Did you mean "type"?

    FOLDER/play/meta/argument_specs.yml:5:39: site_name: Invalid input: expected boolean, received string
      5 |       site_name: {typ: str, required: maybe}
        |                                       ^

    FOLDER/play/meta/argument_specs.yml:6:33: site_password: must have room for one letter of each of chars
      6 |       site_password: {generate: {length: 1, chars: [digits, ascii_letters]}}
        |                                 ^

    FOLDER/play/meta/argument_specs.yml:7:24: site_key: Invalid option: expected one of "str"|"int"|"float"|"bool"|"list"|"dict"|"path"|"raw"|"json"|"jsonarg"|"bytes"|"bits"
      7 |       site_key: {type: text, rotate: {}}
        |                        ^

    FOLDER/play/meta/argument_specs.yml:7:38: site_key: must have playbook or refuse
      7 |       site_key: {type: text, rotate: {}}
        |                                      ^

    6 problems"
  `)
})

test("a role's declaration that is wrong is refused with its place, and may have words that are not ours", async () => {
  const files = {
    'hosts.yml': 'all: {hosts: {a: {ansible_connection: local}}}',
    'site.yml': '- {hosts: all, gather_facts: false, roles: [web, web]}',
    'roles/web/tasks/main.yml': '- ping:',
    'roles/web/meta/argument_specs.yml': `
      argument_specs:
        main:
          version_added: 1.0.0
          options:
            web_port: {type: number, version_added: 1.0.0}
            web_disk: {type: dict, options: {size: {type: int, required: sometimes}}}
        other: {options: {web_name: {type: text}}}
    `,
  }
  expect(await runFiles(files, '-i', 'hosts.yml', 'site.yml')).toMatchInlineSnapshot(`
    "exit 3
    FOLDER/roles/web/meta/argument_specs.yml:5:24: web_port: Invalid option: expected one of "str"|"int"|"float"|"bool"|"list"|"dict"|"path"|"raw"|"json"|"jsonarg"|"bytes"|"bits"
      5 |       web_port: {type: number, version_added: 1.0.0}
        |                        ^

    FOLDER/roles/web/meta/argument_specs.yml:6:68: web_disk: Invalid input: expected boolean, received string
      6 |       web_disk: {type: dict, options: {size: {type: int, required: sometimes}}}
        |                                                                    ^

    2 problems"
  `)
})
