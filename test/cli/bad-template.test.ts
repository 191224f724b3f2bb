import {describe, expect, test} from 'vitest'
import {run} from './refused.ts'

describe('a template is refused, with its place, for', () => {
  test('an unknown variable in arguments', async () => {
    const play = `
      - hosts: web
        vars:
          listen_port: 80
        tasks:
          - debug:
              msg: "port {{ listen_prot }}"
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:6:23: "listen_prot" is not defined
        6 |         msg: "port {{ listen_prot }}"
          |                       ^
        expected: "listen_prot" in the inventory, or -e listen_prot=VALUE
        Did you mean "listen_port"?"
    `)
  })

  test('an unknown variable in conditions and loops', async () => {
    const play = `
      - hosts: web
        vars:
          use_tls: true
          packages: [nginx]
        tasks:
          - ping:
            when: use_tsl
          - apt: {name: "{{ item }}"}
            loop: "{{ pakages }}"
          - ping:
            register: answer
            until: anser is success
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:7:13: "use_tsl" is not defined
        7 |       when: use_tsl
          |             ^
        expected: "use_tsl" in the inventory, or -e use_tsl=VALUE
        Did you mean "use_tls"?

      FOLDER/site.yml:9:17: "pakages" is not defined
        9 |       loop: "{{ pakages }}"
          |                 ^
        expected: "pakages" in the inventory, or -e pakages=VALUE
        Did you mean "packages"?

      FOLDER/site.yml:12:14: "anser" is not defined
        12 |       until: anser is success
           |              ^
        expected: "anser" in the inventory, or -e anser=VALUE
        Did you mean "answer"?

      3 problems"
    `)
  })

  test('an unknown variable in another variable', async () => {
    const play = `
      - hosts: web
        vars:
          address: "https://{{ domian }}/"
          domain: example.com
        tasks:
          - debug: {msg: "{{ address }}"}
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:6:24: "domian" is not defined; "address" is made of it
        6 |     - debug: {msg: "{{ address }}"}
          |                        ^
        expected: "domian" in the inventory, or -e domian=VALUE
        Did you mean "domain"?"
    `)
  })

  test('an unknown variable in a template file', async () => {
    const play = `
      - hosts: web
        vars:
          listen_port: 80
        tasks:
          - name: Config
            template: {src: app.conf.j2, dest: /etc/app.conf}
    `
    const template = '# Made by provision\n\nlisten {{ listen_prot }};\n'
    expect(await run(play, {'templates/app.conf.j2': template})).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/templates/app.conf.j2:3:11: "listen_prot" is not defined
        3 | listen {{ listen_prot }};
          |           ^
        expected: "listen_prot" in the inventory, or -e listen_prot=VALUE
        Did you mean "listen_port"?"
    `)
  })

  test('mistakes in the grammar of a template file', async () => {
    const play = `
      - hosts: web
        tasks:
          - template: {src: loop.j2, dest: /etc/loop}
          - template: {src: filter.j2, dest: /etc/filter}
          - template: {src: open.j2, dest: /etc/open}
    `
    const files = {
      'templates/loop.j2': 'a\n{% for name in [1, 2] %}\n{{ name }}\n',
      'templates/filter.j2': '{{ "A" | lowr }}\n',
      'templates/open.j2': 'a\nb {{ 1 \n',
    }
    expect(await run(play, files)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/templates/loop.j2:2:1: {% for %} is not closed: {% endfor %} is missing
        2 | {% for name in [1, 2] %}
          | ^

      FOLDER/templates/filter.j2:1:10: there is no filter "lowr"
        1 | {{ "A" | lowr }}
          |          ^
        Did you mean "lower"?

      FOLDER/templates/open.j2:2:3: "{{" is never closed
        2 | b {{ 1 
          |   ^
        expected: }}

      3 problems in 3 files"
    `)
  })

  test('a template file that is not there', async () => {
    const play = `
      - hosts: web
        tasks:
          - template: {src: ap.conf.j2, dest: /etc/app.conf}
          - copy: {src: logo.png, dest: /srv/logo.png}
          - script: set-up.sh --quiet
          - script: {cmd: "'set up.sh' {{ item }}"}
            loop: [a]
    `
    expect(await run(play, {'templates/app.conf.j2': 'x\n'})).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:3:23: there is no file ap.conf.j2 for template
        3 |     - template: {src: ap.conf.j2, dest: /etc/app.conf}
          |                       ^
        looked for: FOLDER/templates/ap.conf.j2, FOLDER/ap.conf.j2

      FOLDER/site.yml:4:19: there is no file logo.png for copy
        4 |     - copy: {src: logo.png, dest: /srv/logo.png}
          |                   ^
        looked for: FOLDER/files/logo.png, FOLDER/logo.png

      FOLDER/site.yml:5:15: there is no file set-up.sh for script
        5 |     - script: set-up.sh --quiet
          |               ^
        looked for: FOLDER/files/set-up.sh, FOLDER/set-up.sh

      FOLDER/site.yml:6:21: there is no file set up.sh for script
        6 |     - script: {cmd: "'set up.sh' {{ item }}"}
          |                     ^
        looked for: FOLDER/files/set up.sh, FOLDER/set up.sh

      4 problems"
    `)
  })

  test('mistakes in the grammar of expressions', async () => {
    const play = `
      - hosts: web
        tasks:
          - debug: {msg: "{{ 1 + }}"}
          - debug: {msg: "{% if true %}yes"}
          - debug: {msg: "{{ name"}
          - ping:
            when: a ==
          - ping:
            when: (1 > 0
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:3:26: unexpected end of input, expected expression
        3 |     - debug: {msg: "{{ 1 + }}"}
          |                          ^

      FOLDER/site.yml:4:21: {% if %} is not closed: {% endif %} is missing
        4 |     - debug: {msg: "{% if true %}yes"}
          |                     ^

      FOLDER/site.yml:5:21: "{{" is never closed
        5 |     - debug: {msg: "{{ name"}
          |                     ^
        expected: }}

      FOLDER/site.yml:7:15: unexpected end of input, expected expression
        7 |       when: a ==
          |               ^

      FOLDER/site.yml:9:18: unexpected end of input, expected \`)\`
        9 |       when: (1 > 0
          |                  ^

      5 problems"
    `)
  })

  test('unknown filters, tests and functions', async () => {
    const play = `
      - hosts: web
        tasks:
          - debug: {msg: "{{ 'A' | lowr }}"}
          - ping:
            when: "'a' is mach('b')"
          - debug: {msg: "{{ lokup('env', 'HOME') }}"}
    `
    expect(await run(play)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:3:30: there is no filter "lowr"
        3 |     - debug: {msg: "{{ 'A' | lowr }}"}
          |                              ^
        Did you mean "lower"?

      FOLDER/site.yml:5:21: there is no test "mach"
        5 |       when: "'a' is mach('b')"
          |                     ^
        Did you mean "match"?

      FOLDER/site.yml:6:24: there is no function "lokup"
        6 |     - debug: {msg: "{{ lokup('env', 'HOME') }}"}
          |                        ^
        Did you mean "lookup"?

      3 problems"
    `)
  })
})
