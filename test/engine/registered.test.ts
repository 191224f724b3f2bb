import {beforeEach, expect, test} from 'vitest'
import {act, line, runOn, SmallHost, task} from './small-host.ts'

let host: SmallHost
beforeEach(() => {
  host = new SmallHost()
})

/** Writes what an expression gives, as JSON. */
const tell = (expression: string) =>
  task('tell', line, {path: host.path('told'), content: `{{ ${expression} | to_json }}`})
const told = () => JSON.parse(host.read('told'))

test('a loop without items registers an empty list of results', async () => {
  await runOn([task('none', act, {cmd: 'echo {{ item }}'}, {loop: [], register: 'nothing'}), tell('nothing.results')])
  expect(told()).toEqual([])
})

test('a task that is tried again registers how often it was', async () => {
  const cmd = `echo x >>${host.path('tries')}; cat ${host.path('tries')}`
  const again = task('again', act, {cmd}, {until: ["'x\\nx' in again.stdout"], register: 'again'})
  await runOn([again, tell('again.attempts')])
  expect(told()).toBe(2)
})

test('a task without a name for its result hides no variable of that name', async () => {
  const first = task('first', act, {cmd: 'echo FIRST'}, {register: 'result'})
  const second = task('second', act, {cmd: 'echo SECOND'}, {changedWhen: ["'FIRST' in result.stdout"]})
  expect((await runOn([first, second])).tasks).toEqual(['changed first', 'changed second'])
})
