import {beforeEach, describe, expect, test} from 'vitest'
import {assert} from '../../src/modules/assert.ts'
import {set_fact} from '../../src/modules/set_fact.ts'
import type {Task} from '../../src/play.ts'
import {act, line, runOn, SmallHost, task} from './small-host.ts'

let host: SmallHost
beforeEach(() => {
  host = new SmallHost()
})

/** Runs tasks that stand one below the other, each host's on a machine of its own: all are this one, which only one host of a play may hold. */
const run = (tasks: readonly Task[], more: Parameters<typeof runOn>[1]) =>
  runOn(
    tasks.map((one, index) => ({
      ...one,
      delegateTo: 'machine-of-{{ inventory_hostname }}',
      source: {...one.source, line: index + 1},
    })),
    more,
  )
const two = {hosts: ['a', 'b']}
const only = (name: string) => ({when: [`inventory_hostname == '${name}'`]})
/** What b says late: only when a has got as far as it can. */
const late = (then: string) => `until [ -e ${host.path('a-is-here')} ]; do sleep 0.05; done; ${then}`
const here = () => task('here', act, {cmd: `touch ${host.path('a-is-here')}`}, only('a'))
const said = () => task('said', act, {cmd: late('echo word')}, {...only('b'), register: 'said'})
const write = (content: string, more = {}) =>
  task('write', line, {path: host.path('told'), content}, {...only('a'), ...more})

describe('a task that mentions what another host of the play brings by an earlier task', () => {
  test('waits for what that one registers', async () => {
    const ran = await run([here(), said(), write("{{ hostvars['b'].said.stdout }}")], two)
    expect(ran.exit).toBe(0)
    expect(host.read('told')).toBe('word\n')
  })

  test('waits for its facts', async () => {
    const fact = task('fact', set_fact, {word: '{{ said.stdout }}s'}, only('b'))
    await run([here(), said(), fact, write("{{ hostvars.b.word | default('none') }}")], two)
    expect(host.read('told')).toBe('words\n')
  })

  test('waits for the new value where an earlier task brought an old one', async () => {
    const before = task('before', set_fact, {said: {stdout: 'old'}}, only('b'))
    await run([before, here(), said(), write('{{ hostvars.b.said.stdout }}')], two)
    expect(host.read('told')).toBe('word\n')
  })

  test('waits for all of them when it asks for all of their variables', async () => {
    const all =
      "{{ ['a', 'b'] | map('extract', hostvars) | selectattr('said.stdout', 'defined') | map(attribute='said.stdout') | join }}"
    await run([here(), said(), write(all)], two)
    expect(host.read('told')).toBe('word\n')
  })

  test('waits in a loop, in when, and where the value is only asked for while it runs', async () => {
    const loop = write('{{ item }}', {loop: ['{{ hostvars.b.said.stdout }}', 'end']})
    const when = task(
      'when',
      line,
      {path: host.path('when'), content: 'x'},
      {when: ["inventory_hostname == 'a'", "hostvars.b.said.stdout == 'word'"]},
    )
    const sure = task('sure', assert, {that: ["hostvars.b.said.stdout == 'word'"]}, only('a'))
    for (const entries of [[loop], [when], [sure]]) {
      const ran = await run(
        [here(), said(), ...entries, task('gone', act, {cmd: `rm -f ${host.path('a-is-here')}`}, only('a'))],
        two,
      )
      expect(ran.exit).toBe(0)
      expect(ran.tasks.filter(one => /^(changed write|changed when|ok sure)/.test(one))).not.toEqual([])
    }
  })

  test('does not wait for what comes later, nor for what nobody brings', async () => {
    const go = task('go', act, {cmd: `touch ${host.path('a-is-here')}`}, only('a'))
    const none = "{{ hostvars.b.said | default('none') }} {{ hostvars.b.other | default('none') }}"
    const ran = await run([write(none), go, said()], two)
    expect(ran.exit).toBe(0)
    expect(host.read('told')).toBe('none none\n')
  })

  test('goes on without it when that host fails before', async () => {
    const fails = task('fails', act, {cmd: late('exit 1')}, only('b'))
    const ran = await run([here(), fails, said(), write("{{ hostvars.b.said | default('none') }}")], two)
    expect(ran.tasks).toContain('failed fails')
    expect(host.read('told')).toBe('none\n')
  })

  test('is waited for in turn: each host may need the one before it', async () => {
    const chain = task('chain', set_fact, {
      sum: "{{ 1 if inventory_hostname == 'a' else hostvars[{'b': 'a', 'c': 'b'}[inventory_hostname]].first.stdout | int + 1 }}",
    })
    const first = task('first', act, {cmd: 'echo 4'}, {register: 'first'})
    const end = task('end', act, {
      cmd: `echo {{ inventory_hostname }} {{ sum }} {{ hostvars.a.sum }} >>${host.path('sums')}`,
    })
    const ran = await run([first, chain, end], {hosts: ['a', 'b', 'c']})
    expect(ran.exit).toBe(0)
    expect(host.read('sums').trim().split('\n').toSorted()).toEqual(['a 1 1', 'b 5 1', 'c 5 1'])
  })
})
