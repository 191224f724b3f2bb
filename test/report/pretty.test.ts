import {execFile} from 'node:child_process'
import {mkdtemp, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {promisify} from 'node:util'
import {beforeAll, expect, test} from 'vitest'
import {Screen} from './screen.ts'

const run = promisify(execFile)
const scenarios = fileURLToPath(new URL('./terminal-run.ts', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'report-'))
  await writeFile(join(folder, 'package.json'), '{"type": "module"}')
  await run(join(root, 'node_modules/.bin/rolldown'), [scenarios, '--dir', folder, '--platform', 'node'])
}, 60_000)

test('one host: what it does, notices below, and at the end what changed', async () => {
  const {screen} = await played('one', 60, 15)
  expect(screen.looks.join('\n----\n')).toMatchInlineSnapshot(`
    "❯ Chatwoot  0 s
      * chat1  0 s  looking at 41 tasks
    ----
    ❯ Chatwoot  12 s
      * chat1  12 s  Install Docker Engine and Compose from t…

    › The images are stand-ins.
    ----
    ❯ Chatwoot  12 s
      ✔ chat1  1 changed

    › The images are stand-ins."
  `)
  expect(screen.show()).toMatchInlineSnapshot(`
    "✔ Chatwoot  1 host, 1 changed, 12 s
    notice  The images are stand-ins.

    chat1 changed:
      Install Docker Engine and Compose from the distribution: p
    ackage docker.io: none -> 26.1.5

    chat1  40 ok  1 changed  4 trips

    Done: 1 host, 1 changed, 12 s."
  `)
  expect(screen.cursorShown).toBe(true)
})

test('sixty hosts on a small terminal: failed and running ones are shown, the others counted', async () => {
  const {screen} = await played('many', 72, 10)
  expect(screen.looks.join('\n----\n')).toMatchInlineSnapshot(`
    "❯ All the web servers  0 of 60 hosts  0 s
      * web1.example.org  0 s  Write the configuration of nginx
      * web2.example.org  0 s  Write the configuration of nginx
      * web3.example.org  0 s  Write the configuration of nginx
      * web4.example.org  0 s  Write the configuration of nginx
      * web5.example.org  0 s  Write the configuration of nginx
      * web6.example.org  0 s  Write the configuration of nginx
      * web7.example.org  0 s  Write the configuration of nginx
      … and 53 more hosts, 43 running, 10 waiting
    ----
    ❯ All the web servers  45 of 60 hosts  1 min 5 s
      * web45.example.org  1 min 5 s  Write the configuration of nginx
      * web46.example.org  1 min 5 s  Write the configuration of nginx
      * web47.example.org  1 min 5 s  Write the configuration of nginx
      * web48.example.org  1 min 5 s  Write the configuration of nginx
      * web49.example.org  1 min 5 s  Write the configuration of nginx
      * web50.example.org  1 min 5 s  Write the configuration of nginx
      ✖ web55.example.org             failed: Write the configuration of …
      … and 53 more hosts, 9 waiting, 44 done
    ----
    ❯ All the web servers  60 of 60 hosts  1 min 5 s
      ✔ web1.example.org   nothing to do
      ✔ web2.example.org   nothing to do
      ✔ web3.example.org   nothing to do
      ✔ web4.example.org   nothing to do
      ✔ web5.example.org   nothing to do
      ✔ web6.example.org   nothing to do
      ✖ web55.example.org  failed: Write the configuration of nginx
      … and 53 more hosts, 53 done"
  `)
  expect(screen.show()).toMatchInlineSnapshot(`
    "✖ All the web servers  60 hosts, nothing would change, failed on 1 host,
     1 min 5 s
    failed        web55.example.org  Write the configuration of nginx
      host      web55.example.org
      task      Write the configuration of nginx [apt]
      at        playbooks/site.yml:12:5
      message   nginx: [emerg] unknown directive "servre" in /etc/nginx/ngin
    x.conf:3
      exit code 1"
  `)
})

test('forty columns: each row is cut to its line', async () => {
  const {screen} = await played('many', 40, 10)
  expect(screen.looks.join('\n----\n')).toMatchInlineSnapshot(`
    "❯ All the web s…  0 of 60 hosts  0 s
      * web1.example.org  0 s  Write the …
      * web2.example.org  0 s  Write the …
      * web3.example.org  0 s  Write the …
      * web4.example.org  0 s  Write the …
      * web5.example.org  0 s  Write the …
      * web6.example.org  0 s  Write the …
      * web7.example.org  0 s  Write the …
      … 53 more, 43 running, 10 waiting
    ----
    ❯ All th…  45 of 60 hosts  1 min 5 s
      * web45.example.o…  1 min 5 s  Writ…
      * web46.example.o…  1 min 5 s  Writ…
      * web47.example.o…  1 min 5 s  Writ…
      * web48.example.o…  1 min 5 s  Writ…
      * web49.example.o…  1 min 5 s  Writ…
      * web50.example.o…  1 min 5 s  Writ…
      ✖ web55.example.o…             fail…
      … 53 more, 9 waiting, 44 done
    ----
    ❯ All th…  60 of 60 hosts  1 min 5 s
      ✔ web1.example.org  nothing to do
      ✔ web2.example.org  nothing to do
      ✔ web3.example.org  nothing to do
      ✔ web4.example.org  nothing to do
      ✔ web5.example.org  nothing to do
      ✔ web6.example.org  nothing to do
      ✖ web55.example.o…  failed: Write t…
      … and 53 more hosts, 53 done"
  `)
})

test('failures stay on the screen when the next play begins', async () => {
  const {screen, bytes} = await played('failure', 80, 30)
  expect(bytes).not.toContain('sentinel')
  expect(screen.looks.join('\n----\n')).toMatchInlineSnapshot(`
    "❯ Docker  3 of 3 hosts  0 s
      ✖ chat1  failed: Install Docker
      ✔ chat2  nothing to do
      ✖ gone   unreachable: no answer within 10 s
    ----
    ✖ Docker  3 hosts, nothing changed, failed on 2 hosts, 0 s
    unreachable  gone   no answer within 10 s
      hint      Is the host up?
    failed       chat1  Install Docker  (900 ms)
      host      chat1
      task      Install Docker [apt]
      at        playbooks/site.yml:12:5
      message   no such package [secret]
    ❯ Chatwoot  0 s
      * chat2  0 s  Say hello (ünïcode [secret])"
  `)
  expect(screen.show()).toMatchInlineSnapshot(`
    "✖ Docker  3 hosts, nothing changed, failed on 2 hosts, 0 s
    unreachable  gone   no answer within 10 s
      hint      Is the host up?
    failed       chat1  Install Docker  (900 ms)
      host      chat1
      task      Install Docker [apt]
      at        playbooks/site.yml:12:5
      message   no such package [secret]
    ✔ Chatwoot  1 host, nothing changed, 0 s

    chat1 failed:
      Install Docker: no such package [secret] (playbooks/site.yml:12:5)

    gone was not reached:
      no answer within 10 s

    chat1  0 ok  0 changed  1 failed  0 unreachable  2 trips
    chat2  2 ok  0 changed  0 failed  0 unreachable  2 trips
    gone   0 ok  0 changed  0 failed  1 unreachable  0 trips

    Failed on 1 of 3 hosts, 1 not reached, nothing changed, 900 ms."
  `)
})

test('a terminal that changes its size leaves nothing of the old list behind', async () => {
  const {screen} = await played('resized', 60, 15)
  expect(screen.looks.join('\n----\n')).toMatchInlineSnapshot(`
    "notice  Before the list.
    ❯ Chatwoot  0 of 2 hosts  0 s
      * chat1  0 s  Install Docker Engine and Compose from th…
      * chat2  0 s  Install Docker Engine and Compose from th…
    ----
    notice  Before the list.
    ❯ Chat…  0 of 2 hosts  0 s
      * chat1  0 s  Install Doc…
      * chat2  0 s  Install Doc…
    ----
    notice  Before the list.
    ❯ Chatwoot  0 of 2 hosts  0 s
      * chat1  0 s  Install Docker Engine and Compose from the distribu…
      * chat2  0 s  Install Docker Engine and Compose from the distribu…"
  `)
})

test('a run that is killed gives the cursor back', async () => {
  const {screen} = await played('interrupted', 60, 8)
  expect(screen.looks).toMatchInlineSnapshot(`
    [
      "❯ Chatwoot  0 s
      * chat1  0 s  connecting",
    ]
  `)
  expect(screen.cursorShown).toBe(true)
})

test('colors are there only when they are wanted', async () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colors are control sequences
  const colors = /\u001B\[[\d;]*m/
  expect((await played('one', 60, 15)).bytes).not.toMatch(colors)
  expect((await played('one', 60, 15, {})).bytes).toMatch(colors)
})

/** Plays a scenario in a terminal of its own. */
async function played(
  scenario: string,
  columns: number,
  rows: number,
  look: {readonly [name: string]: string} = {NO_COLOR: '1'},
): Promise<{readonly screen: Screen; readonly bytes: string}> {
  const {NO_COLOR, FORCE_COLOR, ...env} = process.env
  const program = `'${join(folder, 'terminal-run.js')}' ${scenario}`
  const command = `stty cols ${columns} rows ${rows}; exec '${process.execPath}' ${program}`
  const running = run('script', ['-qfc', command, '/dev/null'], {
    env: {...env, TERM: 'xterm-256color', SHELL: '/bin/sh', ...look},
    timeout: 30_000,
  })
  running.child.stdin?.end()
  const {stdout} = await running
  const screen = new Screen(columns, rows)
  screen.write(stdout)
  return {screen, bytes: stdout}
}
