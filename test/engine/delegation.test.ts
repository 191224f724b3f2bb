import {beforeEach, describe, expect, test} from 'vitest'
import {z} from 'zod'
import {hostModule} from '../../src/module.ts'
import {set_fact} from '../../src/modules/set_fact.ts'
import {sh} from '../../src/shell/shell.ts'
import {act, line, runOn, SmallHost, task} from './small-host.ts'

let host: SmallHost
beforeEach(() => {
  host = new SmallHost()
})

const say = (name: string, more = {}) =>
  task(name, act, {cmd: `echo $WHERE >>${host.path('log')}; echo $WHERE`}, {delegateTo: 'other', ...more})
const log = () => host.read('log').trim().split('\n').toSorted()

/** The smallest module that finds facts. */
const facts = hostModule<Record<string, never>, string>({
  name: 'facts',
  summary: 'Where it is asked.',
  facts: true,
  schema: z.strictObject({}),
  probe: () => sh`echo "$WHERE"`,
  parse: answer => answer,
  plan: () => [],
  apply: () => sh`:`,
  result: where => ({ansible_facts: {ansible_where: where}}),
})

describe('a delegated task', () => {
  test('runs on the other host, registers for its own, and is told with both', async () => {
    const ran = await runOn([
      say('there', {register: 'said'}),
      task('here', act, {cmd: `echo {{ said.stdout }} $WHERE >>${host.path('log')}`}),
    ])
    expect(ran.tasks).toEqual(['changed there', 'changed here'])
    expect(log()).toEqual(['other', 'other small'])
    expect(ran.results.map(({host: one, delegate}) => [one, delegate])).toEqual([
      ['small', 'other'],
      ['small', undefined],
    ])
    const finished = ran.events.find(event => event.type === 'run-finished')
    expect(Object.keys(finished?.hosts ?? {})).toEqual(['small'])
  })

  test('costs its own host no trip, and what comes after it is looked at when it is done', async () => {
    const put = task('put', line, {path: host.path('a'), content: 'x'}, {delegateTo: 'other'})
    const ran = await runOn([put, task('same', line, {path: host.path('a'), content: 'x'})])
    expect(ran.tasks).toEqual(['changed put', 'ok same'])
    expect(ran.trips).toBe(1)
    expect((await runOn([put])).trips).toBe(0)
  })

  test('that is delegated to its own host is a task like any other', async () => {
    const own = {delegateTo: '{{ inventory_hostname }}'}
    const ran = await runOn([say('one', own), say('two', own), say('three', own)])
    expect(ran.results.map(({delegate}) => delegate)).toEqual([undefined, undefined, undefined])
    expect(ran.trips).toBe(2)
  })

  test('of several hosts to one goes in turns, each whole', async () => {
    const slow = `n=$(cat ${host.path('n')} 2>/dev/null || echo 0); sleep 0.2; echo $((n + 1)) >${host.path('n')}`
    const ran = await runOn([task('count', act, {cmd: slow}, {delegateTo: 'other'})], {hosts: ['a', 'b', 'c']})
    expect(ran.tasks).toEqual(['changed count', 'changed count', 'changed count'])
    expect(host.read('n')).toBe('3\n')
  })

  test('with a loop asks each item where it goes', async () => {
    const ran = await runOn([say('each', {loop: ['x', 'y'], delegateTo: '{{ item }}', register: 'all'})])
    expect(ran.tasks).toEqual(['changed each (x)', 'changed each (y)'])
    expect(log()).toEqual(['x', 'y'])
  })

  test('that runs once is done once, its result given to all', async () => {
    const ran = await runOn(
      [
        say('once', {runOnce: true, register: 'said'}),
        task('fact', set_fact, {where: '{{ said.stdout }}'}),
        say('again', {when: ["where == 'other'"]}),
      ],
      {hosts: ['a', 'b']},
    )
    expect(ran.tasks.toSorted()).toEqual(['changed again', 'changed again', 'changed once', 'ok fact', 'ok fact'])
    expect(log()).toEqual(['other', 'other', 'other'])
  })

  test('notifies the handlers of its own host', async () => {
    const handler = task('handler', act, {cmd: `echo handler $WHERE >>${host.path('log')}`})
    await runOn([say('there', {notify: ['handler']})], {handlers: [handler]})
    expect(log()).toEqual(['handler small', 'other'])
  })

  test('can be a handler', async () => {
    const first = task('first', line, {path: host.path('a'), content: 'x'}, {notify: ['handler']})
    await runOn([first], {handlers: [say('handler')]})
    expect(log()).toEqual(['other'])
  })

  test('is tried until it is so', async () => {
    const cmd = `echo x >>${host.path('n')}; grep -c x ${host.path('n')}`
    const until = {register: 'n', until: ["n.stdout == '3'"], retries: 5, delegateTo: 'other'}
    expect((await runOn([task('count', act, {cmd}, until)])).tasks).toEqual(['changed count'])
  })

  test('changes nothing in check mode', async () => {
    const put = task('put', line, {path: host.path('a'), content: 'x'}, {delegateTo: 'other'})
    const ran = await runOn([put, say('act')], {check: true})
    expect(ran.tasks).toEqual(['changed put', 'skipped act'])
    expect(() => host.read('a')).toThrow()
  })

  test('to a host that cannot be reached fails, and its own host does not', async () => {
    const ran = await runOn([say('there', {ignoreErrors: true}), task('here', act, {cmd: 'true'})], {gone: ['other']})
    expect(ran.tasks).toEqual(['ignored there', 'changed here'])
    expect(ran.results[0]?.failure).toEqual({
      message: 'other, to which this is delegated, is unreachable: no route to host',
      hint: 'switch it on',
    })
  })

  test('finds facts for its own host, and with delegate_facts for the other', async () => {
    const probe = task('facts', facts, {}, {delegateTo: 'other'})
    const told = task('told', line, {path: host.path('a'), content: '{{ ansible_where | default("none") }}'})
    const others = task('others', line, {
      path: host.path('b'),
      content: '{{ hostvars["other"].ansible_where | default("none") }}',
    })
    await runOn([probe, told, others])
    expect([host.read('a'), host.read('b')]).toEqual(['other\n', 'none\n'])
    await runOn([{...probe, delegateFacts: true}, told, others])
    expect([host.read('a'), host.read('b')]).toEqual(['none\n', 'other\n'])
  })

  test('sees how the other host is reached', async () => {
    const cmd = `echo {{ ansible_delegated_vars.other.ansible_host }} {{ inventory_hostname }} >${host.path('a')}`
    await runOn([task('there', act, {cmd}, {delegateTo: 'other'})])
    expect(host.read('a')).toBe('localhost small\n')
  })
})

describe('a play', () => {
  test('whose tasks need no host connects to none', async () => {
    const ran = await runOn([task('fact', set_fact, {a: 1})], {gone: ['small']})
    expect(ran.tasks).toEqual(['ok fact'])
    expect(ran.exit).toBe(0)
  })
})
