import {existsSync} from 'node:fs'
import {basename, dirname} from 'node:path'
import {beforeEach, describe, expect, test} from 'vitest'
import {async_status} from '../../src/modules/async_status.ts'
import {command} from '../../src/modules/command.ts'
import {set_fact} from '../../src/modules/set_fact.ts'
import {shell} from '../../src/modules/shell.ts'
import {line, runOn, SmallHost, task} from './small-host.ts'

let host: SmallHost
beforeEach(() => {
  host = new SmallHost()
})

const soon = {async: {seconds: 60, poll: 0}, register: 'started'}
/** Goes on when there is a file `go`. */
const waits = (then: string) => `until [ -e ${host.path('go')} ]; do sleep 0.1; done; ${then}`
const until = {register: 'job', until: ['job.finished'], retries: 100, delay: 0.1}
const ask = (more = {}) => task('ask', async_status, {jid: '{{ started.ansible_job_id }}'}, {...until, ...more})
const clean = task('clean', async_status, {jid: '{{ started.ansible_job_id }}', mode: 'cleanup'}, {register: 'cleaned'})
/** What a variable holds at the end, as JSON. */
const keep = (name: string) => task('keep', line, {path: host.path(name), content: `{{ ${name} | to_json }}`})
const kept = (name: string) => JSON.parse(host.read(name))

describe('a task with async and poll 0', () => {
  test('is begun, and what comes after it does not wait', async () => {
    const long = task('long', shell, {cmd: waits('echo out; echo err >&2')}, soon)
    const go = task('go', shell, {cmd: `touch ${host.path('go')}`})
    const early = ask({register: 'early', until: undefined})
    const ran = await runOn([long, early, go, ask(), clean, ...['started', 'early', 'job', 'cleaned'].map(keep)])
    expect(ran.tasks.slice(0, 5)).toEqual(['changed long', 'ok ask', 'changed go', 'changed ask', 'ok clean'])
    const {results_file, ansible_job_id} = kept('started')
    expect(kept('started')).toEqual({
      ansible_job_id: basename(results_file),
      results_file,
      started: 1,
      finished: 0,
      changed: true,
      failed: false,
    })
    const nothing = {stdout: '', stdout_lines: [], stderr: '', stderr_lines: []}
    expect(kept('early')).toEqual({
      ansible_job_id,
      results_file,
      started: 1,
      finished: 0,
      ...nothing,
      changed: false,
      failed: false,
    })
    expect(kept('job')).toEqual({
      ...{
        ansible_job_id,
        results_file,
        started: 1,
        finished: 1,
        changed: true,
        failed: false,
        rc: 0,
        msg: '',
        attempts: expect.any(Number),
      },
      ...{
        cmd: waits('echo out; echo err >&2'),
        stdout: 'out',
        stdout_lines: ['out'],
        stderr: 'err',
        stderr_lines: ['err'],
      },
    })
    expect(kept('cleaned')).toEqual({
      ansible_job_id,
      erased: results_file,
      started: 0,
      finished: 0,
      ...nothing,
      changed: false,
      failed: false,
    })
    expect(existsSync(results_file)).toBe(false)
  })

  test('goes on when the run is over, and a later run may ask for it', async () => {
    await runOn([task('long', shell, {cmd: waits(`echo done >${host.path('done')}`)}, soon), keep('started')])
    expect(existsSync(host.path('done'))).toBe(false)
    host.write('go', '')
    const fact = task('fact', set_fact, {started: kept('started')})
    const ran = await runOn([fact, ask(), clean])
    expect(ran.tasks).toEqual(['ok fact', 'changed ask', 'ok clean'])
    expect(host.read('done')).toBe('done\n')
  })

  test('that fails, or takes too long, fails where it is asked for', async () => {
    const fails = task('fails', shell, {cmd: 'echo no >&2; exit 3'}, soon)
    const late = task('late', command, {cmd: 'sleep 60'}, {...soon, async: {seconds: 1, poll: 0}})
    const asked = ask({ignoreErrors: true})
    const ran = await runOn([fails, asked, clean, keep('job')])
    expect(ran.tasks.slice(0, 3)).toEqual(['changed fails', 'ignored ask', 'ok clean'])
    expect(kept('job')).toMatchObject({rc: 3, stderr: 'no', finished: 1, failed: true, changed: true})
    const other = await runOn([late, asked, clean, keep('job')])
    expect(other.results[1]?.failure?.message).toBe('async task did not complete within the requested time - 1s')
    expect(kept('job')).toMatchObject({
      finished: 1,
      failed: true,
      msg: 'async task did not complete within the requested time - 1s',
    })
  })

  test('is asked for item by item when it had a loop', async () => {
    const each = task('each', shell, {cmd: 'echo {{ item }}'}, {...soon, loop: ['x', 'y']})
    const all = task(
      'ask',
      async_status,
      {jid: '{{ item.ansible_job_id }}'},
      {...until, loop: '{{ started.results }}', loopLabel: '{{ item.item }}'},
    )
    const said = task('said', line, {
      path: host.path('said'),
      content: "{{ job.results | map(attribute='stdout') | join }}",
    })
    const gone = {...all, args: {...all.args, mode: 'cleanup'}, until: undefined, register: 'cleaned'}
    const ran = await runOn([each, all, said, gone])
    expect(ran.tasks.slice(0, 5)).toEqual([
      'changed each (x)',
      'changed each (y)',
      'changed ask (x)',
      'changed ask (y)',
      'changed said',
    ])
    expect(host.read('said')).toBe('xy\n')
  })

  test('whose module has a state does what it differs in, and is a job even in order', async () => {
    const file = task('file', line, {path: host.path('a'), content: 'x'}, soon)
    expect((await runOn([file, ask(), clean])).tasks).toEqual(['changed file', 'changed ask', 'ok clean'])
    expect(host.read('a')).toBe('x\n')
    expect((await runOn([file, ask(), clean])).tasks).toEqual(['changed file', 'ok ask', 'ok clean'])
  })

  test('changes nothing in check mode', async () => {
    const file = task('file', line, {path: host.path('a'), content: 'x'}, soon)
    expect((await runOn([file], {check: true})).tasks).toEqual(['changed file'])
    expect(existsSync(host.path('a'))).toBe(false)
  })
})

describe('a task with async and poll', () => {
  const waited = {async: {seconds: 60, poll: 1}, register: 'job'}

  test('is waited for, and leaves nothing', async () => {
    const echo = task('echo', shell, {cmd: 'echo out; echo err >&2'}, waited)
    const ran = await runOn([echo, keep('job')])
    expect(ran.tasks).toEqual(['changed echo', 'changed keep'])
    const said = {stdout: 'out', stdout_lines: ['out'], stderr: 'err', stderr_lines: ['err']}
    expect(kept('job')).toEqual({
      cmd: 'echo out; echo err >&2',
      ...said,
      rc: 0,
      msg: '',
      started: 1,
      finished: 1,
      changed: true,
      failed: false,
    })
  })

  test('fails as its command does, and when it takes too long', async () => {
    const fails = await runOn([task('fails', shell, {cmd: 'echo no >&2; exit 3'}, waited)])
    expect(fails.results[0]?.failure).toEqual({message: 'no', stdout: '', stderr: 'no\n', exitCode: 3})
    const late = await runOn([task('late', command, {cmd: 'sleep 60'}, {async: {seconds: 1, poll: 1}})])
    expect(late.results[0]?.failure?.message).toBe('async task did not complete within the requested time - 1s')
  })

  test('that finds all in order changes nothing', async () => {
    host.write('a', 'x\n')
    const file = task('file', line, {path: host.path('a'), content: 'x'}, waited)
    expect((await runOn([file])).tasks).toEqual(['ok file'])
  })
})

describe('async_status', () => {
  test('knows no job that there is not, and none outside its folder', async () => {
    await runOn([task('echo', shell, {cmd: 'true'}, soon), keep('started')])
    const folder = kept('started').results_file
    const asked = (jid: string, mode = 'status') =>
      task('ask', async_status, {jid, mode}, {register: 'job', ignoreErrors: true})
    const outside = `../${basename(dirname(folder))}/${basename(folder)}`
    const ran = await runOn([
      asked('j1'),
      keep('job'),
      asked('j1', 'cleanup'),
      asked(outside, 'cleanup'),
      asked(basename(folder), 'cleanup'),
    ])
    expect(ran.tasks.filter(one => one.endsWith('ask'))).toEqual([
      'ignored ask',
      'ignored ask',
      'ignored ask',
      'ok ask',
    ])
    expect(kept('job')).toMatchObject({
      ansible_job_id: 'j1',
      started: 1,
      finished: 1,
      failed: true,
      msg: 'could not find job',
    })
  })
})
