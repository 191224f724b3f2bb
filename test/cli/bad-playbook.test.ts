import {describe, expect, test} from 'vitest'
import {run} from './refused.ts'

describe('a playbook is refused, with the place and the nearest right word, for', () => {
  test('an unknown keyword of a play', async () => {
    const play = `
      - hosts: web
        gather_fact: false
        tasks:
          - ping:
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:2:3: a play has no keyword "gather_fact"
        2 |   gather_fact: false
          |   ^
        Did you mean "gather_facts"?"
    `)
  })

  test('an unknown keyword of a task', async () => {
    const play = `
      - hosts: web
        tasks:
          - name: Alive
            ping:
            ignore_error: true
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:5:7: a task has no keyword "ignore_error"
        5 |       ignore_error: true
          |       ^
        Did you mean "ignore_errors"?"
    `)
  })

  test('an unknown module', async () => {
    const play = `
      - hosts: web
        tasks:
          - name: Directory
            fiel:
              path: /srv
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:4:7: there is no module "fiel"
        4 |       fiel:
          |       ^
        Did you mean "file"?"
    `)
  })

  test('a module that nothing here is like', async () => {
    const play = `
      - hosts: web
        tasks:
          - kubernetes.core.helm:
              name: app
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:3:7: there is no module "kubernetes.core.helm"
        3 |     - kubernetes.core.helm:
          |       ^
        expected: a module of ansible.builtin, ansible.posix, community.general, community.docker, community.crypto"
    `)
  })

  test('an unknown argument', async () => {
    const play = `
      - hosts: web
        tasks:
          - name: Directory
            file:
              path: /srv
              sate: directory
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:6:9: "file" has no argument "sate"
        6 |         sate: directory
          |         ^
        Did you mean "state"?"
    `)
  })

  test('an unknown argument in key=value text', async () => {
    const play = `
      - hosts: web
        tasks:
          - file: path=/srv sate=directory
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:3:7: "file" has no argument "sate"
        3 |     - file: path=/srv sate=directory
          |       ^
        Did you mean "state"?"
    `)
  })

  test('a missing argument', async () => {
    const play = `
      - hosts: web
        tasks:
          - name: Config
            copy:
              content: x
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:4:7: "copy" needs the argument "dest"
        4 |       copy:
          |       ^
        expected: dest: Where the file goes; in a directory it is named like src."
    `)
  })

  test('a value that is not one of those allowed', async () => {
    const play = `
      - hosts: web
        tasks:
          - service: {name: nginx, state: startd}
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:3:37: "state" cannot be "startd"
        3 |     - service: {name: nginx, state: startd}
          |                                     ^
        expected: one of started, stopped, restarted, reloaded
        Did you mean "started"?"
    `)
  })

  test('arguments of a wrong type', async () => {
    const play = `
      - hosts: web
        tasks:
          - service: {name: [nginx], enabled: maybe}
          - wait_for: {port: high}
            delegate_to: localhost
          - file: {path: {name: /srv}}
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:3:17: "name" cannot be a list
        3 |     - service: {name: [nginx], enabled: maybe}
          |                 ^
        expected: text

      FOLDER/site.yml:3:41: "enabled" cannot be "maybe"
        3 |     - service: {name: [nginx], enabled: maybe}
          |                                         ^
        expected: true or false

      FOLDER/site.yml:4:24: "port" cannot be "high"
        4 |     - wait_for: {port: high}
          |                        ^
        expected: a whole number

      FOLDER/site.yml:6:14: "path" cannot be a map
        6 |     - file: {path: {name: /srv}}
          |              ^
        expected: text

      4 problems"
    `)
  })

  test('keywords of a wrong type', async () => {
    const play = `
      - hosts: web
        become: perhaps
        vars: 5
        tasks:
          - ping:
            retries: often
          - ping:
            register: my-result
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:2:11: "become" cannot be the text "perhaps"
        2 |   become: perhaps
          |           ^
        expected: true or false

      FOLDER/site.yml:3:9: "vars" cannot be 5
        3 |   vars: 5
          |         ^
        expected: a map: name: value

      FOLDER/site.yml:6:16: "retries" cannot be the text "often"
        6 |       retries: often
          |                ^
        expected: a number from 0

      FOLDER/site.yml:8:17: "my-result" cannot be the name of a variable
        8 |       register: my-result
          |                 ^
        expected: letters, digits and _, no digit first
        Did you mean "my_result"?

      4 problems"
    `)
  })

  test('two modules in one task', async () => {
    const play = `
      - hosts: web
        tasks:
          - name: Both
            ping:
            command: uptime
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:5:7: a task has one module: "ping" stands here already
        5 |       command: uptime
          |       ^
        expected: a second task: "- command: …""
    `)
  })

  test('a task without a module, and an empty one', async () => {
    const play = `
      - hosts: web
        tasks:
          - name: Nothing
          - install nginx
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:3:7: this task has no module
        3 |     - name: Nothing
          |       ^
        expected: a module such as copy, apt or service

      FOLDER/site.yml:4:7: a task cannot be the text "install nginx"
        4 |     - install nginx
          |       ^
        expected: a map with a name and a module

      2 problems"
    `)
  })

  test('a play without hosts, and a file that is no list of plays', async () => {
    expect(await run('- tasks: [{ping: }]\n')).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:1:3: this play does not say on which hosts it runs
        1 | - tasks: [{ping: }]
          |   ^
        expected: hosts: a group, a host or all"
    `)
    expect(await run('hosts: web\ntasks: []\n')).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:1:1: a playbook cannot be a map
        1 | hosts: web
          | ^
        expected: a list of plays, each with a dash: "- hosts: …""
    `)
  })

  test('hosts that the inventory does not have', async () => {
    const plays = `
      - hosts: wbe
        tasks:
          - ping:
      - hosts: [db, web3]
        tasks:
          - ping:
    `
    expect(await run(plays)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:1:10: there is no host or group "wbe" in the inventory
        1 | - hosts: wbe
          |          ^
        Did you mean "web"?

      FOLDER/site.yml:4:10: there is no host or group "web3" in the inventory
        4 | - hosts: [db, web3]
          |          ^
        Did you mean "web"?

      2 problems"
    `)
  })

  test('a handler that is not there', async () => {
    const play = `
      - hosts: web
        tasks:
          - file: {path: /srv, state: directory}
            notify: Restart ngnix
        handlers:
          - name: Restart nginx
            service: {name: nginx, state: restarted}
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:4:15: there is no handler "Restart ngnix" in this play
        4 |       notify: Restart ngnix
          |               ^
        Did you mean "Restart nginx"?"
    `)
  })

  test('files that are not there', async () => {
    const play = `
      - hosts: web
        vars_files: [secret.yml]
        tasks:
          - import_tasks: tasks/instal.yml
    `
    expect(await run(play, {'tasks/install.yml': '- ping:\n'})).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:2:16: "FOLDER/secret.yml" cannot be read: there is no such file
        2 |   vars_files: [secret.yml]
          |                ^

      FOLDER/site.yml:4:21: "FOLDER/tasks/instal.yml" cannot be read: there is no such file
        4 |     - import_tasks: tasks/instal.yml
          |                     ^
        Did you mean "install.yml"?

      2 problems"
    `)
  })

  test('words of Ansible that are not supported yet, with what to use instead', async () => {
    const play = `
      - hosts: web
        become_exe: doas
        debugger: always
        tasks:
          - command: uptime
            fact_path: /etc/facts
          - copy: {content: x, dest: /srv/x}
            async: 60
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:2:3: "become_exe" is not supported yet: leave it out: become uses sudo
        2 |   become_exe: doas
          |   ^

      FOLDER/site.yml:3:3: "debugger" is not supported yet: use -v
        3 |   debugger: always
          |   ^

      FOLDER/site.yml:6:7: "fact_path" is not supported yet: leave it out
        6 |       fact_path: /etc/facts
          |       ^

      FOLDER/site.yml:8:7: copy takes no async, as in Ansible
        8 |       async: 60
          |       ^
        expected: async on a task that only works on the host (command, shell, apt and the like)

      4 problems"
    `)
  })

  test('many mistakes at once, in several files, sorted by place and counted', async () => {
    const play = `
      - hosts: web
        tasks:
          - import_tasks: part.yml
          - copi: {src: a, dest: /b}
          - file: {path: /srv, state: folder}
            wen: true
        seriel: 1
    `
    const part = `
      - service: {nam: nginx}
      - debug: {msg: "{{ 1 + }}"}
    `
    expect(await run(play, {'part.yml': part})).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:4:7: there is no module "copi"
        4 |     - copi: {src: a, dest: /b}
          |       ^
        Did you mean "copy"?

      FOLDER/site.yml:5:33: "state" cannot be "folder"
        5 |     - file: {path: /srv, state: folder}
          |                                 ^
        expected: one of file, directory, absent, touch, link, hard
        Did you mean "directory"?

      FOLDER/site.yml:6:7: a task has no keyword "wen"
        6 |       wen: true
          |       ^
        Did you mean "when"?

      FOLDER/site.yml:7:3: a play has no keyword "seriel"
        7 |   seriel: 1
          |   ^
        Did you mean "serial"?

      FOLDER/part.yml:1:3: "service" needs the argument "name"
        1 | - service: {nam: nginx}
          |   ^
        expected: name: The service.

      FOLDER/part.yml:1:13: "service" has no argument "nam"
        1 | - service: {nam: nginx}
          |             ^
        Did you mean "name"?

      FOLDER/part.yml:2:22: unexpected end of input, expected expression
        2 | - debug: {msg: "{{ 1 + }}"}
          |                      ^

      7 problems in 2 files"
    `)
  })
})
