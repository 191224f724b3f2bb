import {existsSync} from 'node:fs'
import {beforeEach, describe, expect, test} from 'vitest'
import type {Task} from '../../src/play.ts'
import {act, line, runOn, SmallHost, task, tells} from './small-host.ts'

let host: SmallHost
beforeEach(() => {
  host = new SmallHost()
})

const put = (name: string, content: string, more: Partial<Task> = {}) =>
  task(name, line, {path: host.path(name), content}, more)
const say = (word: string, more: Partial<Task> = {}) =>
  task(word, act, {cmd: `echo ${word} >>${host.path('log')}; echo ${word}`}, more)
const said = () => (existsSync(host.path('log')) ? host.read('log').trim().split('\n') : [])

/** A name that no other test has: what is to be called by a later run is written down for the whole machine. */
const own = (name: string) => `${name} of ${host.folder}`

describe('handlers that listen to the same word', () => {
  let listen = {listen: ['']}
  beforeEach(() => {
    listen = {listen: [own('topic')]}
  })

  test('all run, also where each has to be judged before the next', async () => {
    const handlers = ['one', 'two', 'three', 'four'].map(word => say(word, {...listen, failedWhen: ['false']}))
    const ran = await runOn([put('a', '1', {notify: listen.listen})], {handlers})
    expect(ran.tasks).toEqual(['changed a', 'changed one', 'changed two', 'changed three', 'changed four'])
  })

  test('all run, where one needs what another found', async () => {
    const handlers = [
      say('one', {...listen, register: 'first'}),
      say('{{ first.stdout }}-again', {...listen, name: 'two'}),
      say('three', listen),
    ]
    const ran = await runOn([put('a', '1', {notify: listen.listen})], {handlers})
    expect(ran.tasks).toEqual(['changed a', 'changed one', 'changed two', 'changed three'])
    expect(said()).toEqual(['one', 'one-again', 'three'])
  })

  test('all run the next time when one of them failed', async () => {
    const handlers = [
      say('one', listen),
      task('two', act, {cmd: `test -e ${host.path('fixed')}`}, listen),
      say('three', listen),
    ]
    const entries = [put('a', '1', {notify: listen.listen})]
    expect((await runOn(entries, {handlers})).tasks).toEqual(['changed a', 'changed one', 'failed two'])
    host.write('fixed', '')
    expect((await runOn(entries, {handlers})).tasks).toEqual(['ok a', 'changed one', 'changed two', 'changed three'])
    expect((await runOn(entries, {handlers})).tasks).toEqual(['ok a'])
  })
})

test('a handler is not called by a task whose output says that nothing changed', async () => {
  const quiet = task('quiet', tells, {cmd: 'echo nothing'}, {notify: ['say']})
  expect((await runOn([quiet, say('after')], {handlers: [say('say')]})).tasks).toEqual(['ok quiet', 'changed after'])
  const loud = task('loud', tells, {cmd: 'echo changed'}, {notify: ['say']})
  const tasks = ['changed loud', 'changed after', 'changed say']
  expect((await runOn([loud, say('after')], {handlers: [say('say')]})).tasks).toEqual(tasks)
})

describe('no later run calls a handler', () => {
  test.each<[string, () => Task]>([
    ['that was in order', () => put('there', 'x')],
    ['that was left out', () => say('handler', {when: ['false']})],
    ['whose failure was ignored', () => task('handler', act, {cmd: 'false'}, {ignoreErrors: true})],
  ])('%s', async (_, make) => {
    host.write('there', 'x\n')
    const handler = {...make(), name: own('handler')}
    await runOn([put('a', '1', {notify: [handler.name]})], {handlers: [handler]})
    const next = await runOn([put('a', '1')], {handlers: [{...say('called'), name: handler.name}]})
    expect(next.tasks).toEqual(['ok a'])
    expect(next.events.filter(({type}) => type === 'notice')).toEqual([])
  })
})
