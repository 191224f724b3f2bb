import {describe, expect, test} from 'vitest'
import {runFiles} from './refused.ts'

const good = `
  - hosts: web
    tasks:
      - template: {src: motd.j2, dest: /etc/motd}
`

describe('--syntax-check', () => {
  test('checks all playbooks of a folder, and says what it passed over', async () => {
    const files = {
      'site.yml': good,
      'more/upgrade.yml': '- import_playbook: ../site.yml\n',
      'templates/motd.j2': '{{ motd }}\n',
      'roles/web/tasks/main.yml': '- ping:\n',
      'requirements.yml': 'collections: [ansible.posix]\n',
      'README.md': 'not looked at\n',
    }
    expect(await runFiles(files, '--syntax-check', '.')).toMatchInlineSnapshot(`
      "exit 0
      stdout:
      2 playbooks in order
      Passed over (no lists of plays): requirements.yml, roles/, templates/
      Without -i nobody knows which hosts and variables there are: these are not checked."
    `)
  })

  test('tells all mistakes of all files, also of those that are no YAML, in the order of the files', async () => {
    const files = {
      'a.yml': good,
      'b.yml': '- hosts: web\n  tasks:\n    - pong:\n    - import_tasks: tasks/part.yml\n',
      'c.yml': '- hosts: web\n  tasks:\n    - import_tasks: tasks/part.yml\n',
      'd.yml': '- hosts: [web\n',
      'e.yml': 'hosts: web\ntasks: []\n',
      'tasks/part.yml': '- file: {path: /srv, stat: touch}\n',
      'templates/motd.j2': '{{ motd\n',
    }
    expect(await runFiles(files, '--syntax-check', '.')).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/templates/motd.j2:1:1: "{{" is never closed
        1 | {{ motd
          | ^
        expected: }}

      FOLDER/b.yml:3:7: there is no module "pong"
        3 |     - pong:
          |       ^
        Did you mean "ping"?

      FOLDER/tasks/part.yml:1:22: "file" has no argument "stat"
        1 | - file: {path: /srv, stat: touch}
          |                      ^
        Did you mean "state"?

      FOLDER/d.yml:1:10: this bracket is never closed
        1 | - hosts: [web
          |          ^
        expected: ]

      FOLDER/e.yml:1:1: a playbook cannot be a map
        1 | hosts: web
          | ^
        expected: a list of plays, each with a dash: "- hosts: …"

      5 problems in 5 of 5 playbooks
      Passed over (no lists of plays): tasks/, templates/
      Without -i nobody knows which hosts and variables there are: these are not checked."
    `)
  })

  test('checks several playbooks with the hosts and variables of an inventory', async () => {
    const files = {
      'hosts.yml': 'web: {hosts: {web1: }}\n',
      'one.yml': '- hosts: wbe\n  tasks: [{ping: }]\n',
      'two.yml': '- hosts: web\n  tasks:\n    - debug: {msg: "{{ nobody }}"}\n',
      'three.yml': '- hosts: web\n  tasks: [{ping: }]\n',
    }
    const words = ['--syntax-check', '-i', 'hosts.yml', 'one.yml', 'two.yml', 'three.yml']
    expect(await runFiles(files, ...words)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/one.yml:1:10: there is no host or group "wbe" in the inventory
        1 | - hosts: wbe
          |          ^
        Did you mean "web"?

      FOLDER/two.yml:3:24: "nobody" is not defined
        3 |     - debug: {msg: "{{ nobody }}"}
          |                        ^
        expected: "nobody" in the inventory, or -e nobody=VALUE

      2 problems in 2 of 3 playbooks"
    `)
  })

  test('needs a playbook', async () => {
    expect(await runFiles({'vars.yml': 'a: 1\n'}, '--syntax-check', '.')).toMatchInlineSnapshot(`
      "exit 3
      error: there is no playbook to check
      Passed over (no lists of plays): vars.yml"
    `)
  })

  test('is what several playbooks are for: only one is run at a time', async () => {
    expect(await runFiles({'hosts.yml': 'web: {}\n'}, '-i', 'hosts.yml', 'one.yml', 'two.yml')).toMatchInlineSnapshot(`
      "exit 3
      error: only one playbook is run at a time
      Run them one after another, or name them in one playbook by import_playbook."
    `)
  })
})
