import {PassThrough} from 'node:stream'
import {expect, test} from 'vitest'
import type {ExitCode, HostSummary, RunEvent} from '../../src/engine/events.ts'
import {summary, wholeRun} from './events.ts'
import {reported} from './reported.ts'

test('plain tells what changed and failed, and sums up', async () => {
  const {stdout, stderr} = await reported({output: 'plain'}, wholeRun())
  expect(stdout).toMatchInlineSnapshot(`
    "notice  The images are stand-ins.

    Chatwoot  (chat1, mail-out, gone)
    changed      chat1     Install Docker  (41 s)
    unreachable  gone      no answer from 192.0.2.9 port 22 within 10 s
      hint      Is the host up? Try: ssh -p 22 root@192.0.2.9
    changed      chat1     Write the environment (web)  (310 ms)
    ignored      chat1     Old volume: no such volume  (12 ms)
    ok           chat1     Show the address: https://chat.example.org
    changed      chat1     Keep quiet  (20 ms)
    failed       mail-out  Prepare the database  (3.4 s)
      host      mail-out
      task      Prepare the database [command]
      at        playbooks/tasks/database.yml:31:7
      message   the command ended with exit code 1
      command   docker compose run --rm web rails db:chatwoot_prepare --password=[secret]
      exit code 1
      stderr    (5 lines before, shown with -v)
                line 6
                line 7
                line 8
                line 9
                line 10
                line 11
                line 12
                line 13
                line 14
                line 15
                line 16
                line 17
                line 18
                line 19
                line 20
                line 21
                line 22
                line 23
                line 24
                line 25
      stdout    Pulling 100%
                rails aborted!
      hint      See the log of the service postgres.

    chat1 changed:
      Install Docker: package docker.io: none -> 26.1.5
      Write the environment (web): content, mode: 0644 -> 0600
      Keep quiet (hidden by no_log)

    mail-out failed:
      Prepare the database: the command ended with exit code 1 (playbooks/tasks/database.yml:31:7)

    gone was not reached:
      no answer from 192.0.2.9 port 22 within 10 s

    chat1     12 ok  3 changed  0 failed  0 unreachable  1 skipped  1 ignored  4 trips
    mail-out   3 ok  0 changed  1 failed  0 unreachable  0 skipped  0 ignored  2 trips
    gone       0 ok  0 changed  0 failed  1 unreachable  0 skipped  0 ignored  0 trips

    Failed on 1 of 3 hosts, 1 not reached, 3 changed, 2 min 3 s.
    "
  `)
  expect(stderr).toBe('')
})

test('-v adds what was in order or skipped, and changes in a few words', async () => {
  const {stdout} = await reported({output: 'plain', verbosity: 1}, wholeRun())
  expect(stdout).toMatchInlineSnapshot(`
    "notice  The images are stand-ins.

    Chatwoot  (chat1, mail-out, gone)
    ok           chat1     Wait for apt
    changed      chat1     Install Docker  (41 s)
      package docker.io: none -> 26.1.5
    unreachable  gone      no answer from 192.0.2.9 port 22 within 10 s
      hint      Is the host up? Try: ssh -p 22 root@192.0.2.9
    changed      chat1     Write the environment (web)  (310 ms)
      content
      mode: 0644 -> 0600
    skipped      chat1     Make a swap file: when: ram < 2048 is false
    ignored      chat1     Old volume: no such volume  (12 ms)
    ok           chat1     Show the address: https://chat.example.org
    changed      chat1     Keep quiet  (20 ms)
      (hidden by no_log)
    failed       mail-out  Prepare the database  (3.4 s)
      host      mail-out
      task      Prepare the database [command]
      at        playbooks/tasks/database.yml:31:7
      message   the command ended with exit code 1
      command   docker compose run --rm web rails db:chatwoot_prepare --password=[secret]
      exit code 1
      stderr    line 1
                line 2
                line 3
                line 4
                line 5
                line 6
                line 7
                line 8
                line 9
                line 10
                line 11
                line 12
                line 13
                line 14
                line 15
                line 16
                line 17
                line 18
                line 19
                line 20
                line 21
                line 22
                line 23
                line 24
                line 25
      stdout    Pulling 100%
                rails aborted!
      hint      See the log of the service postgres.

    chat1 changed:
      Install Docker: package docker.io: none -> 26.1.5
      Write the environment (web): content, mode: 0644 -> 0600
      Keep quiet (hidden by no_log)

    mail-out failed:
      Prepare the database: the command ended with exit code 1 (playbooks/tasks/database.yml:31:7)

    gone was not reached:
      no answer from 192.0.2.9 port 22 within 10 s

    chat1     12 ok  3 changed  0 failed  0 unreachable  1 skipped  1 ignored  4 trips
    mail-out   3 ok  0 changed  1 failed  0 unreachable  0 skipped  0 ignored  2 trips
    gone       0 ok  0 changed  0 failed  1 unreachable  0 skipped  0 ignored  0 trips

    Failed on 1 of 3 hosts, 1 not reached, 3 changed, 2 min 3 s.
    "
  `)
})

test('--check --diff shows each change as a diff', async () => {
  const {stdout} = await reported({output: 'plain', diff: true}, wholeRun(true))
  expect(stdout).toMatchInlineSnapshot(`
    "Check mode: nothing is changed; lines tell what would change.
    notice  The images are stand-ins.

    Chatwoot  (chat1, mail-out, gone)
    would change  chat1     Install Docker  (41 s)
      package docker.io: none -> 26.1.5
    unreachable   gone      no answer from 192.0.2.9 port 22 within 10 s
      hint      Is the host up? Try: ssh -p 22 root@192.0.2.9
    would change  chat1     Write the environment (web)  (310 ms)
      --- content (before)
      +++ content (after)
      @@ -1,3 +1,3 @@
       A=1
      -B=2
      -PASSWORD=old
      +B=3
      +PASSWORD=[secret]
      mode: 0644 -> 0600
    ignored       chat1     Old volume: no such volume  (12 ms)
    ok            chat1     Show the address: https://chat.example.org
    would change  chat1     Keep quiet  (20 ms)
      (hidden by no_log)
    failed        mail-out  Prepare the database  (3.4 s)
      host      mail-out
      task      Prepare the database [command]
      at        playbooks/tasks/database.yml:31:7
      message   the command ended with exit code 1
      command   docker compose run --rm web rails db:chatwoot_prepare --password=[secret]
      exit code 1
      stderr    (5 lines before, shown with -v)
                line 6
                line 7
                line 8
                line 9
                line 10
                line 11
                line 12
                line 13
                line 14
                line 15
                line 16
                line 17
                line 18
                line 19
                line 20
                line 21
                line 22
                line 23
                line 24
                line 25
      stdout    Pulling 100%
                rails aborted!
      hint      See the log of the service postgres.

    chat1 would change:
      Install Docker: package docker.io: none -> 26.1.5
      Write the environment (web): content, mode: 0644 -> 0600
      Keep quiet (hidden by no_log)

    mail-out failed:
      Prepare the database: the command ended with exit code 1 (playbooks/tasks/database.yml:31:7)

    gone was not reached:
      no answer from 192.0.2.9 port 22 within 10 s

    chat1     12 ok  3 would change  0 failed  0 unreachable  1 skipped  1 ignored  4 trips
    mail-out   3 ok  0 would change  1 failed  0 unreachable  0 skipped  0 ignored  2 trips
    gone       0 ok  0 would change  0 failed  1 unreachable  0 skipped  0 ignored  0 trips

    Failed on 1 of 3 hosts, 1 not reached, 3 would change, 2 min 3 s (check mode).
    "
  `)
})

test('pretty is plain where there is no terminal, or one too narrow for a list', async () => {
  const plain = await reported({output: 'plain'}, wholeRun())
  expect(await reported({output: 'pretty'}, wholeRun())).toEqual(plain)
  const [stdout, stderr] = [Object.assign(new PassThrough(), {isTTY: true, columns: 19}), new PassThrough()]
  expect(await reported({output: 'pretty', stdout, stderr}, wholeRun())).toEqual(plain)
})

test('a run that was interrupted, one without changes and an empty one say so in one sentence', async () => {
  const last = async (exit: ExitCode, hosts: {[host: string]: HostSummary}, check = false) => {
    const start: RunEvent = {type: 'run-started', playbook: 'site.yml', hosts: Object.keys(hosts), check}
    const {stdout} = await reported({output: 'plain'}, [start, {type: 'run-finished', hosts, ms: 850, exit}])
    return stdout.trimEnd().split('\n').at(-1)
  }
  expect(await last(130, {a: summary({changed: 1})})).toBe('Interrupted, 1 changed, 850 ms.')
  expect(await last(0, {a: summary({ok: 5}), b: summary({ok: 5})})).toBe('Done: 2 hosts, nothing changed, 850 ms.')
  expect(await last(0, {a: summary({ok: 5})}, true)).toBe('Done: 1 host, nothing would change, 850 ms (check mode).')
  expect(await last(4, {a: summary({unreachable: 1})})).toBe('1 of 1 host not reached, nothing changed, 850 ms.')
  expect(await last(0, {})).toBe('Done: 0 hosts, nothing changed, 850 ms.')
})
