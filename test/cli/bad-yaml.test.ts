import {describe, expect, test} from 'vitest'
import {run} from './refused.ts'

describe('YAML is refused, in plain words, with', () => {
  test('a tab as indent', async () => {
    expect(await run('- hosts: web\n  tasks:\n\t- ping:\n')).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:3:1: a tab is used to indent
        3 | 	- ping:
          | ^
        expected: spaces"
    `)
  })

  test('a missing colon', async () => {
    const play = `
      - hosts: web
        tasks:
          - name: Config
            copy
              content: x
              dest: /etc/x
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:4:7: a colon is missing after a key
        4 |       copy
          |       ^
        expected: key: value"
    `)
  })

  test('a missing colon at the last key', async () => {
    const play = `
      - hosts: web
        become true
        tasks: []
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:2:3: a colon is missing after a key
        2 |   become true
          |   ^
        expected: key: value"
    `)
  })

  test('a key that stands twice', async () => {
    const play = `
      - hosts: web
        tasks:
          - name: Config
            copy:
              dest: /etc/x
              content: x
              dest: /etc/y
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:7:9: the key "dest" stands here twice
        7 |         dest: /etc/y
          |         ^
        expected: each key once"
    `)
  })

  test('a value that begins with braces, without quotes', async () => {
    const play = `
      - hosts: web
        vars:
          port: 80
        tasks:
          - debug:
              msg: {{ port }}
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:6:14: a value that begins with {{ needs quotes
        6 |         msg: {{ port }}
          |              ^
        expected: the whole value in quotes: "{{ … }}""
    `)
  })

  test('braces without quotes and text behind them', async () => {
    const play = `
      - hosts: web
        tasks:
          - file:
              path: {{ folder }}/data
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:4:15: a value that begins with {{ needs quotes
        4 |         path: {{ folder }}/data
          |               ^
        expected: the whole value in quotes: "{{ … }}""
    `)
  })

  test('a wrong indent', async () => {
    const play = `
      - hosts: web
        tasks:
          - name: Config
           ping:
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:4:6: this line is not indented like the lines that it belongs to
        4 |      ping:
          |      ^
        expected: the same number of spaces"
    `)
  })

  test('a colon in a value without quotes', async () => {
    const play = `
      - hosts: web
        tasks:
          - debug:
              msg: note: this
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:4:14: a second "key: value" stands on one line
        4 |         msg: note: this
          |              ^
        expected: quotes around a value with a colon"
    `)
  })

  test('a quote that is never closed', async () => {
    const play = `
      - hosts: web
        tasks:
          - debug:
              msg: "hello
          - ping:
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:4:14: this quote is never closed
        4 |         msg: "hello
          |              ^
        expected: ""
    `)
  })

  test('a bracket that is never closed', async () => {
    const play = `
      - hosts: web
        tasks:
          - file: {path: /srv, state: directory
          - ping:
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:3:13: this bracket is never closed
        3 |     - file: {path: /srv, state: directory
          |             ^
        expected: }"
    `)
  })

  test('a value that begins with a sign', async () => {
    const play = `
      - hosts: web
        tasks:
          - debug:
              msg: @hello
          - debug:
              msg: %hello
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:4:14: a value that begins with this sign needs quotes
        4 |         msg: @hello
          |              ^
        expected: quotes around the value"
    `)
  })

  test('an alias of nothing', async () => {
    const play = `
      - hosts: web
        tasks:
          - debug:
              msg: *.log
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:4:14: nothing is called &.log; text that begins with * needs quotes
        4 |         msg: *.log
          |              ^"
    `)
  })

  test('a backslash in double quotes', async () => {
    const play = `
      - hosts: web
        tasks:
          - lineinfile: {path: /etc/x, regexp: "^a\\.b", line: a.b}
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:3:45: there is no such escape within double quotes
        3 |     - lineinfile: {path: /etc/x, regexp: "^a\\.b", line: a.b}
          |                                             ^
        expected: single quotes, or two backslashes"
    `)
  })

  test('a mistake in a file of variables', async () => {
    const play = `
      - hosts: web
        tasks:
          - ping:
    `
    const files = {'group_vars/web.yml': 'port 80\nname: web\n', 'host_vars/web1.yml': '- port\n'}
    expect(await run(play, files)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/group_vars/web.yml:1:1: a colon is missing after a key
        1 | port 80
          | ^
        expected: key: value

      FOLDER/host_vars/web1.yml:1:1: this file holds no variables
        1 | - port
          | ^
        expected: a map: name: value

      2 problems in 2 files"
    `)
  })

  test('nothing in it', async () => {
    expect(await run('# nothing yet\n')).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:1:1: a playbook cannot be nothing
        1 | # nothing yet
          | ^
        expected: a list of plays, each with a dash: "- hosts: …""
    `)
  })
})
