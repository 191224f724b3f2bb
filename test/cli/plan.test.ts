import {mkdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {Ajv} from 'ajv'
import {describe, expect, test} from 'vitest'
import {planSchema} from '../../src/plan/json-schema.ts'
import {type Files, folderWith, provision, type Ran, screen} from './program.ts'

/** A folder whose own machine is the host, and whose playbook works in `there/`. */
function place(tasks: string, more: Files = {}): string {
  const folder = folderWith({
    'hosts.yml': 'here: {hosts: {web1: {ansible_connection: local, there: "{{ playbook_dir }}/there", word: one}}}\n',
    'play.yml': `- name: Files\n  hosts: here\n  gather_facts: false\n${tasks}`,
    ...more,
  })
  mkdirSync(join(folder, 'there'))
  return folder
}

const put = (folder: string, name: string, text: string) => writeFileSync(join(folder, 'there', name), text)
const read = (folder: string, name: string) => readFileSync(join(folder, 'there', name), 'utf8')
const plan = (folder: string, ...more: readonly string[]) =>
  provision(folder, ['plan', '-i', 'hosts.yml', 'play.yml', ...more])
const apply = (folder: string, ...more: readonly string[]) => provision(folder, ['apply', 'plan.json', ...more])

/** The screen without times, which are never the same. */
const steady = (ran: Ran) =>
  screen(ran)
    .replaceAll(/ {2}\(\d+ ms\)/g, '')
    .replaceAll(/[\d.]+ m?s(?=[. ])/g, 'TIME')

const copies = `
  tasks:
    - name: The word is there
      copy: {content: "{{ word }}\\n", dest: "{{ there }}/{{ item }}"}
      loop: [a, b, c]
`

describe('a plan', () => {
  test('says what is in order, what would change, and what waits for something before it', async () => {
    const folder = place(`
  tasks:
    - name: In order
      copy: {content: "x\\n", dest: "{{ there }}/order"}
    - name: The list is there
      copy: {content: "one\\n", dest: "{{ there }}/list"}
      notify: Say it
    - name: The version is asked
      command: cat {{ there }}/order
      changed_when: false
      register: version
    - name: Made of the version
      copy: {content: "{{ version.stdout }}", dest: "{{ there }}/version"}
    - name: In order still
      copy: {content: "x\\n", dest: "{{ there }}/order"}
    - name: Two more lines
      lineinfile: {path: "{{ there }}/new", line: two}
    - name: Only for others
      copy: {content: "x\\n", dest: "{{ there }}/other"}
      when: word == 'two'
    - name: Only a real run asks
      debug: {msg: hello}
      when: not ansible_check_mode
  handlers:
    - name: Say it
      command: echo said
`)
    put(folder, 'order', 'x\n')
    expect(screen(await plan(folder))).toMatchSnapshot()
    expect(screen(await plan(folder, '-v'))).toMatchSnapshot()
    expect(() => read(folder, 'list')).toThrow()
  })

  test('of a host in order has nothing to do, and its apply only looks', async () => {
    const folder = place(copies)
    for (const name of ['a', 'b', 'c']) put(folder, name, 'one\n')
    expect(screen(await plan(folder, '--out', 'plan.json'))).toMatchSnapshot()
    expect(steady(await apply(folder))).toMatchSnapshot()
  })

  test('with a task that cannot be is not kept', async () => {
    const folder = place(`
  tasks:
    - name: A line
      lineinfile: {path: "{{ there }}/none", line: two}
`)
    expect(screen(await plan(folder, '--out', 'plan.json'))).toMatchSnapshot()
    expect(() => statSync(join(folder, 'plan.json'))).toThrow()
  })

  test('is for its owner alone, and holds no secret in the clear', async () => {
    const folder = place(`
  tasks:
    - name: A password
      copy: {content: "{{ lookup('password', playbook_dir ~ '/secret') }}\\n", dest: "{{ there }}/secret"}
    - name: A hidden word
      copy: {content: "{{ word }}\\n", dest: "{{ there }}/hidden"}
      no_log: true
`)
    const ran = await plan(folder, '--out', 'plan.json', '-e', 'word=sentinel-47')
    const secret = readFileSync(join(folder, 'secret'), 'utf8').trim()
    const kept = readFileSync(join(folder, 'plan.json'), 'utf8')
    expect(statSync(join(folder, 'plan.json')).mode & 0o777).toBe(0o600)
    expect(new Ajv().validate(planSchema(), JSON.parse(kept))).toBe(true)
    for (const word of [secret, 'sentinel-47']) expect(kept + ran.stdout + ran.stderr).not.toContain(word)
    expect((await apply(folder, '-e', 'word=sentinel-47')).exit).toBe(0)
    expect(read(folder, 'secret')).toBe(`${secret}\n`)
    expect(read(folder, 'hidden')).toBe('sentinel-47\n')
  })
})

describe('apply', () => {
  test('does what the plan says in two trips, and then there is nothing to do', async () => {
    const folder = place(copies)
    put(folder, 'b', 'old\n')
    expect(screen(await plan(folder, '--out', 'plan.json'))).toMatchSnapshot()
    expect(steady(await apply(folder))).toMatchSnapshot()
    expect((await plan(folder)).exit).toBe(0)
    expect(['a', 'b', 'c'].map(name => read(folder, name))).toEqual(['one\n', 'one\n', 'one\n'])
  })

  test('is refused when something was changed by hand, says what, and does nothing', async () => {
    const folder = place(copies)
    put(folder, 'b', 'old\n')
    put(folder, 'c', 'one\n')
    await plan(folder, '--out', 'plan.json')
    put(folder, 'b', 'by hand\n')
    put(folder, 'c', 'by hand\n')
    expect(steady(await apply(folder))).toMatchSnapshot()
    expect(() => read(folder, 'a')).toThrow()
    expect(read(folder, 'b')).toBe('by hand\n')
  })

  test('takes a plan with which the first secrets were made', async () => {
    const folder = place(
      `
  tasks:
    - name: A password
      copy: {content: "{{ own_password }}\\n", dest: "{{ there }}/password"}
`,
      {
        'meta/argument_specs.yml': `
          argument_specs:
            main:
              options:
                own_password: {description: A secret., no_log: true, generate: {length: 20, chars: [ascii_letters]}}
        `,
      },
    )
    await plan(folder, '--out', 'plan.json')
    expect(steady(await apply(folder))).toMatchInlineSnapshot(`
      "exit 0
      stdout:

      Files  (web1)
      changed      web1  A password
        --- content (before)
        +++ content (after)
        @@ -0,0 +1,1 @@
        +[secret]

      web1 changed:
        A password: content

      web1  1 ok  1 changed  2 trips

      Done: 1 host, 1 changed, TIME."
    `)
    expect(read(folder, 'password')).toMatch(/^[A-Za-z]{20}\n$/)
  })

  test('runs again what the plan has asked the host, too', async () => {
    const folder = place(`
  tasks:
    - name: The word is asked
      command: cat {{ there }}/word
      register: asked
      changed_when: false
      check_mode: false
    - name: Made of it
      copy: {content: "{{ asked.stdout }}\\n", dest: "{{ there }}/made"}
`)
    put(folder, 'word', 'one\n')
    await plan(folder, '--out', 'plan.json')
    expect(steady(await apply(folder))).toMatchInlineSnapshot(`
      "exit 0
      stdout:

      Files  (web1)
      changed      web1  Made of it
        --- content (before)
        +++ content (after)
        @@ -0,0 +1,1 @@
        +one

      web1 changed:
        Made of it: content

      web1  2 ok  1 changed  4 trips

      Done: 1 host, 1 changed, TIME."
    `)
    expect(read(folder, 'made')).toBe('one\n')
    await plan(folder, '--out', 'plan.json')
    expect((await apply(folder)).exit).toBe(0)
  })

  test('does less, never more, where one task of the plan has done what another was to do', async () => {
    const folder = place(`
  tasks:
    - name: Copied
      command: cp {{ there }}/from {{ there }}/to
    - name: The same
      copy: {content: "from\\n", dest: "{{ there }}/to"}
    - name: Decided later
      copy: {content: "x\\n", dest: "{{ there }}/late"}
`)
    put(folder, 'from', 'from\n')
    put(folder, 'late', 'x\n')
    await plan(folder, '--out', 'plan.json')
    expect(steady(await apply(folder))).toMatchSnapshot()
  })

  test('stops where what was done before would lead to something else than the plan holds', async () => {
    const folder = place(`
  tasks:
    - name: Somebody makes it
      command: mkdir {{ there }}/folder
    - name: The folder
      file: {path: "{{ there }}/folder", state: directory, mode: "0700"}
    - name: After
      copy: {content: "x\\n", dest: "{{ there }}/after"}
`)
    await plan(folder, '--out', 'plan.json')
    expect(steady(await apply(folder))).toMatchSnapshot()
    expect(() => read(folder, 'after')).toThrow()
  })

  test('names what an earlier failure kept it from, with what it was', async () => {
    const folder = place(`
  tasks:
    - name: First
      copy: {content: "x\\n", dest: "{{ there }}/first"}
    - name: Fails now
      command: test -e {{ there }}/first -a ! -e {{ there }}/hand
    - name: In order
      file: {path: "{{ there }}", state: directory}
    - name: Each
      copy: {content: "x\\n", dest: "{{ there }}/{{ item }}", mode: "0600"}
      loop: [a, b]
      notify: Say it
    - name: Only reads
      command: cat {{ there }}/a
      changed_when: false
    - name: A password
      copy: {content: "sentinel-48\\n", dest: "{{ there }}/password"}
      no_log: true
    - name: Left out
      copy: {content: "x\\n", dest: "{{ there }}/left"}
      when: word == 'two'
  handlers:
    - name: Say it
      command: echo said
`)
    await plan(folder, '--out', 'plan.json')
    put(folder, 'hand', '')
    expect(steady(await apply(folder))).toMatchInlineSnapshot(`
      "exit 1
      stdout:

      Files  (web1)
      changed      web1  First
        --- content (before)
        +++ content (after)
        @@ -0,0 +1,1 @@
        +x
      failed       web1  Fails now
        --- command (before)
        +++ command (after)
        @@ -0,0 +1,1 @@
        +test -e FOLDER/there/first -a ! -e FOLDER/there/hand
        \\ No newline at end of file
        host      web1
        task      Fails now [command]
        at        FOLDER/play.yml:8:7
        message   exit code 1
        command   (test -e FOLDER/there/first -a '!' -e FOLDER/there/hand) </dev/null
        exit code 1
      not reached  web1  In order: it was yet to be decided
      not reached  web1  Each (a): it was to be done: content
      not reached  web1  Each (b): it was to be done: content
      not reached  web1  Only reads: it was to run
      not reached  web1  A password: it was to be done
      not reached  web1  Say it: it was to be done: command

      web1 changed:
        First: content

      web1 failed:
        Fails now: exit code 1 (FOLDER/play.yml:8:7)

      web1  1 ok  1 changed  1 failed  2 trips

      Failed on 1 of 1 host, 1 changed, TIME."
    `)
    rmSync(join(folder, 'there', 'first'))
    const {not_reached: left} = JSON.parse((await apply(folder, '--output', 'json')).stdout)
    expect(
      left.map(({task, item, mark}: {[field: string]: string}) => [mark, task, item ?? ''].join(' ').trim()),
    ).toEqual([
      'unknown In order',
      'change Each a',
      'change Each b',
      'run Only reads',
      'change A password',
      'change Say it',
    ])
    expect(left.map(({changes}: {changes: readonly unknown[]}) => changes.length)).toEqual([0, 1, 1, 1, 0, 1])
  })

  test('names what did not come about although nothing failed', async () => {
    const folder = place(`
  tasks:
    - name: Copied
      command: cp {{ there }}/from {{ there }}/to
    - name: The same
      copy: {content: "from\\n", dest: "{{ there }}/to"}
      notify: Say it
  handlers:
    - name: Say it
      command: echo said
`)
    put(folder, 'from', 'from\n')
    await plan(folder, '--out', 'plan.json')
    expect(steady(await apply(folder))).toMatchInlineSnapshot(`
      "exit 0
      stdout:

      Files  (web1)
      changed      web1  Copied
        --- command (before)
        +++ command (after)
        @@ -0,0 +1,1 @@
        +cp FOLDER/there/from FOLDER/there/to
        \\ No newline at end of file
      not reached  web1  Say it: it was to be done: command

      web1 changed:
        Copied: command

      web1  2 ok  1 changed  2 trips

      Done: 1 host, 1 changed, TIME."
    `)
  })

  test('is refused where a condition has turned, and names what was to be done', async () => {
    const folder = place(`
  tasks:
    - name: The word is asked
      command: cat {{ there }}/word
      register: asked
      changed_when: false
      check_mode: false
    - name: Only with this word
      copy: {content: "x\\n", dest: "{{ there }}/with", mode: "0600"}
      when: asked.stdout == 'one'
    - name: With every word
      copy: {content: "x\\n", dest: "{{ there }}/every"}
`)
    put(folder, 'word', 'one\n')
    await plan(folder, '--out', 'plan.json')
    put(folder, 'word', 'two\n')
    expect(steady(await apply(folder))).toMatchInlineSnapshot(`
      "exit 1
      stdout:

      Files  (web1)
      failed       web1  Only with this word
        host      web1
        task      Only with this word [copy]
        at        FOLDER/play.yml:11:7
        message   the plan has it done (content), and now its condition leaves it out
        hint      look at what has changed, and make a new plan
      not reached  web1  With every word: it was to be done: content

      web1 failed:
        Only with this word: the plan has it done (content), and now its condition leaves it out (FOLDER/play.yml:11:7)

      web1  1 ok  0 changed  1 failed  2 trips

      Failed on 1 of 1 host, nothing changed, TIME."
    `)
  })

  test('is refused when playbook, inventory or -e say something else than they did', async () => {
    const folder = place(copies)
    await plan(folder, '--out', 'plan.json', '-e', 'word=two')
    expect(screen(await apply(folder))).toMatchSnapshot()
    const said = readFileSync(join(folder, 'hosts.yml'), 'utf8')
    writeFileSync(join(folder, 'hosts.yml'), said.replace('word: one', 'word: three'))
    expect(screen(await apply(folder, '-e', 'word=two'))).toMatchSnapshot()
    writeFileSync(join(folder, 'hosts.yml'), said)
    const play = readFileSync(join(folder, 'play.yml'), 'utf8')
    writeFileSync(join(folder, 'play.yml'), play.replace('[a, b, c]', '[a, b]'))
    expect(screen(await apply(folder, '-e', 'word=two'))).toMatchSnapshot()
    expect(() => read(folder, 'a')).toThrow()
  })

  test('is refused when a file that it takes says something else', async () => {
    const folder = place(
      `
  tasks:
    - name: The file
      template: {src: file.j2, dest: "{{ there }}/file"}
`,
      {'file.j2': 'one\n'},
    )
    await plan(folder, '--out', 'plan.json')
    writeFileSync(join(folder, 'file.j2'), 'two\n')
    expect(steady(await apply(folder))).toMatchSnapshot()
    expect(() => read(folder, 'file')).toThrow()
  })

  test('takes no plan that was changed by hand, and none without its key', async () => {
    const folder = place(copies)
    await plan(folder, '--out', 'plan.json')
    const kept = readFileSync(join(folder, 'plan.json'), 'utf8')
    writeFileSync(join(folder, 'plan.json'), kept.replace('"mark": "change"', '"mark": "unknown"'))
    expect(screen(await apply(folder))).toMatchSnapshot()
    writeFileSync(join(folder, 'plan.json'), kept)
    rmSync(join(folder, '.local'), {recursive: true})
    expect(screen(await apply(folder))).toMatchSnapshot()
  })
})
