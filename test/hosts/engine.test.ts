import {type ChildProcess, spawn} from 'node:child_process'
import {createHash, randomBytes} from 'node:crypto'
import {once} from 'node:events'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {type SandboxHost, sandboxDown, sandboxUp} from '../../src/sandbox/sandbox.ts'
import {Workplace} from './support/command.ts'
import {onHost} from './support/look.ts'
import {until} from './support/until.ts'

const name = 'engine-test'
const place = new Workplace()
let host: SandboxHost

beforeAll(async () => {
  const [made] = await sandboxUp({names: [name], say: line => console.log(line)})
  if (!made) throw new Error('no host')
  host = made
  place.write('hosts.yml', `all: {hosts: {${name}: {ansible_connection: sandbox}}}\n`)
})

afterAll(async () => {
  await sandboxDown({names: [name], say: () => {}})
  place.remove()
})

/** Writes a play and gives the arguments that run it. */
function play(tasks: string, {facts = false, handlers = ''} = {}): readonly string[] {
  const text = `- hosts: all\n  become: true\n  gather_facts: ${facts}\n  tasks:\n${indent(tasks)}${handlers && `  handlers:\n${indent(handlers)}`}`
  return ['--inventory', 'hosts.yml', place.write('play.yml', text)]
}

function indent(text: string): string {
  return text
    .trim()
    .split('\n')
    .map(line => `    ${line}\n`)
    .join('')
}

/** Starts a run that goes on while the test does something to its host. */
function begin(args: readonly string[]): {
  readonly child: ChildProcess
  readonly ended: Promise<{exit: number; output: string}>
} {
  const program = new URL('../../dist/cli.js', import.meta.url).pathname
  const child = spawn(process.execPath, [program, ...args], {cwd: place.folder, stdio: ['ignore', 'pipe', 'pipe']})
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', text => (output += text))
  return {child, ended: once(child, 'close').then(([exit]) => ({exit: exit ?? -1, output}))}
}

const thirty = Array.from({length: 30}, (_, index) => `- copy: {content: "{{ word }}", dest: /srv/file${index}}`).join(
  '\n',
)

describe('the law of round trips on a real host', () => {
  test('30 changes cost two trips, and 30 tasks in order cost one', async () => {
    const first = await place.report([...play(thirty), '-e', 'word=one'])
    expect(first.hosts[name]).toMatchObject({ok: 30, changed: 30, trips: 2})
    const second = await place.report([...play(thirty), '-e', 'word=one'])
    expect(second.hosts[name]).toMatchObject({ok: 30, changed: 0, trips: 1})
  })

  test('facts that tasks mention cost one trip more', async () => {
    const args = play('- copy: {content: "{{ ansible_hostname }}", dest: /srv/name}', {facts: true})
    expect((await place.report(args)).hosts[name]).toMatchObject({changed: 1, trips: 3})
    expect((await place.report(args)).hosts[name]).toMatchObject({changed: 0, trips: 2})
    expect(await onHost(host, 'cat /srv/name')).toBe(name)
  })
})

/** Ends the link of whoever is logged in by SSH, as a network that breaks does. */
const killLogins = "{ pkill -KILL -f 'sshd-session: [d]eploy' || pkill -KILL -f 'sshd: [d]eploy'; }"

describe('a run', () => {
  const slow = (mark: string) => `- copy: {content: x, dest: /srv/${mark}-began}
- shell: sleep 4; echo once >>/srv/${mark}-log
- copy: {content: x, dest: /srv/${mark}-after}`

  test('whose link is cut goes on, and its end is learnt over a new link', async () => {
    const run = begin(play(slow('cut')))
    await until(() => onHost(host, 'cat /srv/cut-began'), 20)
    await onHost(host, killLogins)
    const {exit, output} = await run.ended
    expect(output).toMatch(/3 ok {2}3 changed/)
    expect(exit).toBe(0)
    expect(await onHost(host, 'cat /srv/cut-log; cat /srv/cut-after')).toBe('once\nx')
  })

  test('whose link is cut while a large file travels sends it anew, whatever the first try still does', async () => {
    const content = randomBytes(250_000_000)
    writeFileSync(join(place.folder, 'large'), content)
    const uploads = '/var/lib/provision/uploads'
    const receiving = `find /proc/[0-9]*/fd -lname '${uploads}/*' 2>/dev/null | cut -d/ -f3 | sort -u`
    // The first try comes to its end while the second goes on.
    const cut = onHost(
      host,
      `until find ${uploads} -size +20000k 2>/dev/null | grep -q .; do :; done
       first=$(${receiving}); kill -STOP $first; ${killLogins}
       until ${receiving} | grep -qvxF "$first"; do :; done; kill -CONT $first`,
    )
    const {exit, output} = await begin(play('- copy: {src: large, dest: /srv/large}')).ended
    await cut
    expect(output).toMatch(/1 ok {2}1 changed/)
    expect(exit).toBe(0)
    expect(await onHost(host, 'sha256sum </srv/large')).toContain(createHash('sha256').update(content).digest('hex'))
    await until(async () => expect(await onHost(host, `ls ${uploads}`)).toBe(''), 20)
  })

  test('whose controller is killed leaves a host that the next run finds as it is', async () => {
    const run = begin(play(slow('kill')))
    await until(() => onHost(host, 'cat /srv/kill-began'), 20)
    run.child.kill('SIGKILL')
    await run.ended
    await until(() => onHost(host, 'cat /srv/kill-after'), 30)
    expect(await onHost(host, 'cat /srv/kill-log')).toBe('once')
  })

  test('that is interrupted stops after the task at work', async () => {
    const run = begin(play(slow('stop')))
    await until(() => onHost(host, 'cat /srv/stop-began'), 20)
    run.child.kill('SIGINT')
    const {exit, output} = await run.ended
    expect(exit).toBe(130)
    expect(output).toContain('Stopping after the tasks at work')
    expect(await onHost(host, 'cat /srv/stop-log; ls /srv/stop-after 2>/dev/null || echo none')).toBe('once\nnone')
  })

  test('leaves no file of its own behind', async () => {
    expect(await onHost(host, 'ls -d /tmp/provision* /run/provision/* 2>/dev/null || echo none')).toMatch(
      /^none$|run\/provision/,
    )
    await place.report(play('- copy: {content: y, dest: /srv/last}'))
    await until(async () => expect(await onHost(host, 'ls /run/provision')).not.toContain('script'), 5)
  })
})

describe('a change that locks everybody out', () => {
  test('is taken back by the host itself', async () => {
    await onHost(host, 'DEBIAN_FRONTEND=noninteractive apt-get install -y -qq ufw >/dev/null')
    const locked = await place.report(play('- ufw: {state: enabled, policy: deny}'))
    expect(locked.hosts[name]).toMatchObject({unreachable: 1})
    expect(locked.exit).toBe(4)
    await until(() => onHost(host, 'true'), 100)
    expect(await onHost(host, 'ufw status')).toBe('Status: inactive')
  })

  test('is kept when a new connection gets in, and its timer is gone', async () => {
    const kept = await place.report(
      play('- ufw: {rule: allow, port: 22, proto: tcp}\n- ufw: {state: enabled, policy: deny}'),
    )
    expect(kept.hosts[name]).toMatchObject({changed: 2, trips: 3})
    expect(
      await onHost(
        host,
        "systemctl list-timers --all --no-legend 'provision-revert-*' | wc -l; ls /var/lib/provision/reverts",
      ),
    ).toBe('0')
    expect(await onHost(host, 'ufw status | head -1')).toBe('Status: active')
  })
})
