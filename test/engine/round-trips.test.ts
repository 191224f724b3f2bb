import {beforeEach, describe, expect, test} from 'vitest'
import {ConfigError} from '../../src/errors.ts'
import type {Include} from '../../src/play.ts'
import {act, append, line, look, restless, runOn, SmallHost, task} from './small-host.ts'

let host: SmallHost
beforeEach(() => {
  host = new SmallHost()
})

const put = (name: string, content: string, more = {}) => task(name, line, {path: host.path(name), content}, more)

describe('the law of round trips', () => {
  test('a host in order costs one trip, however many tasks there are', async () => {
    const names = Array.from({length: 40}, (_, index) => `file${index}`)
    for (const name of names) host.write(name, 'x\n')
    const ran = await runOn(names.map(name => put(name, 'x')))
    expect(ran.trips).toBe(1)
    expect(ran.tasks).toEqual(names.map(name => `ok ${name}`))
  })

  test('with thousands of tasks, a host in order costs one trip for some hundreds of them', async () => {
    host.write('file', 'x\n')
    const ran = await runOn(Array.from({length: 1200}, (_, index) => put('file', 'x', {name: `task ${index}`})))
    expect(ran.trips).toBe(3)
    expect(ran.tasks.length).toBe(1200)
    expect(ran.exit).toBe(0)
  })

  test('many independent changes cost one trip more', async () => {
    const names = Array.from({length: 40}, (_, index) => `file${index}`)
    const ran = await runOn(names.map(name => put(name, 'x')))
    expect(ran.trips).toBe(2)
    expect(new Set(ran.tasks.map(one => one.split(' ')[0]))).toEqual(new Set(['changed']))
    expect(host.read('file39')).toBe('x\n')
  })

  test('a notified handler goes in the trip of the change', async () => {
    const handler = task('say', act, {cmd: `echo called >>${host.path('log')}`})
    const ran = await runOn([put('a', '1', {notify: ['say']}), put('b', '1', {notify: ['say']})], {handlers: [handler]})
    expect(ran.tasks).toEqual(['changed a', 'changed b', 'changed say'])
    expect(ran.trips).toBe(2)
    expect(host.read('log')).toBe('called\n')
  })

  test('a task whose state an earlier change moved is planned anew: one trip for each surprise', async () => {
    host.write('a', 'old\n')
    const copy = task('copy', act, {
      cmd: `cp ${host.path('a')} ${host.path('b')}`,
      probe: `cmp -s ${host.path('a')} ${host.path('b')} && echo done`,
    })
    host.write('b', 'old\n')
    const ran = await runOn([put('a', 'new'), copy])
    expect(ran.tasks).toEqual(['changed a', 'changed copy'])
    expect(ran.trips).toBe(3)
    expect(host.read('b')).toBe('new\n')
  })

  test.each([
    ['short', `it's $(plain) \\n`],
    ['an operator of test', '('],
    ['empty', ''],
    ['long', 'x'.repeat(600)],
    ['not ASCII', 'ä'],
  ])('an answer that is %s is known again on the host, and another one as well', async (_, answer) => {
    for (const name of ['kept', 'lost']) host.write(name, `${answer}\n`)
    const lose = task('lose', act, {cmd: `echo other >${host.path('lost')}`})
    const ran = await runOn([lose, put('kept', `${answer} `), put('lost', 'new')])
    expect(ran.tasks).toEqual(['changed lose', 'changed kept', 'changed lost'])
    expect(ran.trips).toBe(3)
  })

  test('a slow look is made again when an earlier trip has changed something', async () => {
    host.write('a', 'old\n')
    host.write('b', '1\n')
    await runOn([
      put('a', 'new', {register: 'said'}),
      put('b', '1', {when: ['said.changed']}),
      task('look', look, {path: host.path('a')}, {register: 'seen'}),
      put('c', '{{ seen.content }}'),
    ])
    expect(host.read('c')).toBe('new\n')
  })

  test('a registered result that a later condition mentions is a barrier', async () => {
    const first = task('first', act, {cmd: 'echo hello'}, {register: 'said'})
    const ran = await runOn([
      first,
      put('yes', '{{ said.stdout }}', {when: ["said.stdout == 'hello'"]}),
      put('no', 'x', {when: ["said.stdout == 'bye'"]}),
    ])
    expect(ran.tasks).toEqual(['changed first', 'changed yes', 'skipped no'])
    expect(ran.trips).toBe(4)
    expect(host.read('yes')).toBe('hello\n')
  })

  test('check mode looks once and changes nothing', async () => {
    host.write('a', 'x\n')
    const ran = await runOn([put('a', 'x'), put('b', 'x'), task('run', act, {cmd: 'true'})], {check: true})
    expect(ran.tasks).toEqual(['ok a', 'changed b', 'skipped run'])
    expect(ran.trips).toBe(1)
    expect(ran.exit).toBe(2)
    expect(() => host.read('b')).toThrow()
  })
})

describe('a task', () => {
  test('whose probe never answers the same twice is given up with a reason', async () => {
    const ran = await runOn([task('count', restless, {path: host.path('n')})])
    expect(ran.results[0]?.failure?.message).toBe('the answer to its probe changes each time it is asked (6 times)')
    expect(ran.exit).toBe(1)
  })

  test('that is not as wanted after its change has failed', async () => {
    const ran = await runOn([task('odd', line, {path: host.path('a'), content: 'two\nlines '})])
    expect(ran.tasks).toEqual(['changed odd'])
    host.write('b', 'x\n')
    const stubborn = await runOn([task('stubborn', line, {path: host.path('c'), content: 'ends with a newline\n'})])
    expect(stubborn.results[0]?.failure?.message).toBe('still not as wanted: content is ends with a newline')
  })

  test('that is impossible as the host is now waits for what earlier tasks make of it', async () => {
    const later = task('append', append, {path: host.path('a'), content: 'more'})
    const ran = await runOn([put('a', '1'), later])
    expect(ran.tasks).toEqual(['changed a', 'changed append'])
    expect(host.read('a')).toBe('1\nmore\n')
    const alone = await runOn([task('append', append, {path: host.path('none'), content: 'more'}), put('b', 'x')])
    expect(alone.tasks).toEqual(['failed append'])
    expect(alone.results[0]?.failure?.message).toBe('none is absent')
    const still = await runOn([
      put('c', 'x'),
      task('append', append, {path: host.path('none'), content: 'more'}),
      put('d', 'x'),
    ])
    expect(still.tasks).toEqual(['changed c', 'failed append'])
  })

  test('that fails ends the host; what follows is not run', async () => {
    const ran = await runOn([put('a', '1'), task('bad', act, {cmd: 'echo out; echo wrong >&2; exit 3'}), put('b', '1')])
    expect(ran.tasks).toEqual(['changed a', 'failed bad'])
    expect(ran.results[1]?.failure).toMatchObject({message: 'wrong', stdout: 'out\n', stderr: 'wrong\n', exitCode: 3})
    expect(ran.exit).toBe(1)
    expect(() => host.read('b')).toThrow()
  })

  test('with ignore_errors goes on', async () => {
    const ran = await runOn([task('bad', act, {cmd: 'exit 3'}, {ignoreErrors: true}), put('b', '1')])
    expect(ran.tasks).toEqual(['ignored bad', 'changed b'])
    expect(ran.exit).toBe(0)
  })

  test('is tried until it is so, and says what it saw when it gives up', async () => {
    const counting = task(
      'count',
      act,
      {cmd: `echo x >>${host.path('n')}; grep -c x ${host.path('n')}`},
      {register: 'n', until: ["n.stdout == '3'"], retries: 5},
    )
    expect((await runOn([counting])).tasks).toEqual(['changed count'])
    const never = task('never', act, {cmd: 'echo no'}, {register: 'n', until: ["n.stdout == 'yes'"], retries: 2})
    const ran = await runOn([never])
    expect(ran.results[0]?.failure?.message).toBe("not so after 3 tries: n.stdout == 'yes'")
  })

  test('with a loop does each item and registers all results', async () => {
    const loop = task(
      'files',
      line,
      {path: `${host.folder}/{{ item }}`, content: '{{ item }}'},
      {loop: ['a', 'b'], register: 'all'},
    )
    const ran = await runOn([loop, put('count', '{{ all.results | length }}')])
    expect(ran.tasks).toEqual(['changed files (a)', 'changed files (b)', 'changed count'])
    expect(host.read('count')).toBe('2\n')
  })

  test('with a loop does all items before one that failed counts, as Ansible does', async () => {
    const loop = task(
      'each',
      act,
      {cmd: `test {{ item }} != b && echo {{ item }} >>${host.path('log')}`},
      {loop: ['a', 'b', 'c']},
    )
    const ran = await runOn([loop, put('never', 'x')])
    expect(ran.tasks).toEqual(['changed each (a)', 'failed each (b)', 'changed each (c)'])
    expect(host.read('log')).toBe('a\nc\n')
    expect(ran.exit).toBe(1)
    const rescued = await runOn([{kind: 'block', block: [loop], rescue: [put('rescue', 'x')], always: []}])
    expect(rescued.tasks.at(-1)).toBe('changed rescue')
  })

  test('changed_when and failed_when have the last word', async () => {
    const quiet = task('quiet', act, {cmd: 'echo fine'}, {changedWhen: ['false']})
    const loud = task('loud', act, {cmd: 'echo ERROR'}, {register: 'r', failedWhen: ["'ERROR' in r.stdout"]})
    const ran = await runOn([quiet, loud, put('never', 'x')])
    expect(ran.tasks).toEqual(['ok quiet', 'failed loud'])
  })
})

describe('what a host says', () => {
  test('is never run as a template of the controller', async () => {
    const said = "{{ lookup('env', 'HOME') }}"
    const ran = await runOn([
      task('say', act, {cmd: `echo "{{ '{{' }} lookup('env', 'HOME') {{ '}}' }}"`}, {register: 'r'}),
      put('file', '{{ r.stdout }}'),
      task('each', line, {path: host.path('each'), content: '{{ item }}'}, {loop: '{{ [r.stdout] }}'}),
    ])
    expect(ran.tasks.slice(0, 2)).toEqual(['changed say', 'changed file'])
    expect(host.read('file')).toBe(`${said}\n`)
    expect(host.read('each')).toBe(`${said}\n`)
  })
})

describe('a block', () => {
  const bad = task('bad', act, {cmd: 'exit 1'})

  test('that fails is rescued, and always runs its end', async () => {
    const ran = await runOn([
      {kind: 'block', block: [bad, put('skipped', 'x')], rescue: [put('rescue', 'x')], always: [put('always', 'x')]},
      put('after', 'x'),
    ])
    expect(ran.tasks).toEqual(['rescued bad', 'changed rescue', 'changed always', 'changed after'])
    expect(ran.exit).toBe(0)
  })

  test('without a rescue runs its end and then fails', async () => {
    const ran = await runOn([
      {kind: 'block', block: [bad], rescue: [], always: [put('always', 'x')]},
      put('after', 'x'),
    ])
    expect(ran.tasks).toEqual(['failed bad', 'changed always'])
    expect(ran.exit).toBe(1)
  })
})

describe('include_tasks', () => {
  const entry = (file: string, load: Include['load']): Include => ({
    kind: 'include',
    word: 'include_tasks',
    name: undefined,
    file,
    source: {file: 'play.yml', line: 3, column: 3},
    when: [],
    vars: {word: 'given'},
    tags: [],
    become: false,
    load,
  })

  test('reads a file whose name a task told, with its own variables', async () => {
    const first = task('first', act, {cmd: 'echo more'}, {register: 'said'})
    const asked: string[] = []
    const more = entry('{{ said.stdout }}.yml', async render => {
      asked.push(render('{{ said.stdout }}.yml'))
      return {entries: [put('inside', '{{ word }}')], handlers: []}
    })
    expect((await runOn([first, more, put('after', 'x')])).tasks).toEqual([
      'changed first',
      'changed inside',
      'changed after',
    ])
    expect(asked).toEqual(['more.yml'])
    expect(host.read('inside')).toBe('given\n')
  })

  test('of a file that is wrong is a failure of the host, and can be rescued', async () => {
    const source = {file: 'more.yml', line: 1, column: 1}
    const wrong = entry('more.yml', () => Promise.reject(new ConfigError([{source, message: 'no such module'}])))
    const ran = await runOn([wrong, put('after', 'x')])
    expect(ran.tasks).toEqual(['failed include_tasks: more.yml'])
    expect(ran.results[0]?.failure?.message).toBe('no such module')
    expect(ran.exit).toBe(1)
    const rescued = await runOn([{kind: 'block', block: [wrong], rescue: [put('rescue', 'x')], always: []}])
    expect(rescued.tasks).toEqual(['failed include_tasks: more.yml', 'changed rescue'])
  })
})

describe('a handler', () => {
  test('with a loop does all of its items', async () => {
    const handler = task('say', act, {cmd: `echo {{ item }} >>${host.path('log')}`}, {loop: ['a', 'b']})
    const ran = await runOn([put('x', '1', {notify: ['say']})], {handlers: [handler]})
    expect(ran.tasks).toEqual(['changed x', 'changed say (a)', 'changed say (b)'])
    expect(host.read('log')).toBe('a\nb\n')
  })

  test('that a failure kept from running is run the next time', async () => {
    const name = `say in ${host.folder}`
    const handler = task(name, act, {cmd: `echo called >>${host.path('log')}`})
    const entries = [put('a', '1', {notify: [name]}), task('bad', act, {cmd: `test -e ${host.path('fixed')}`})]
    expect((await runOn(entries, {handlers: [handler]})).tasks).toEqual(['changed a', 'failed bad'])
    host.write('fixed', '')
    const second = await runOn(entries, {handlers: [handler]})
    expect(second.tasks).toEqual(['ok a', 'changed bad', `changed ${name}`])
    expect(host.read('log')).toBe('called\n')
    expect((await runOn([put('a', '1')], {handlers: [handler]})).tasks).toEqual(['ok a'])
  })
})

describe('a task with check_mode: true', () => {
  test('only says what it would change, and sees what earlier tasks changed', async () => {
    const proof = (content: string) =>
      put('proof', content, {checkMode: true, register: 'seen', failedWhen: ['seen is changed']})
    const good = await runOn([task('make', line, {path: host.path('proof'), content: 'x'}), proof('x')])
    expect(good.tasks).toEqual(['changed make', 'ok proof'])
    const bad = await runOn([task('make', line, {path: host.path('proof'), content: 'y'}), proof('x')])
    expect(bad.tasks).toEqual(['changed make', 'failed proof'])
    expect(host.read('proof')).toBe('y\n')
  })
})
