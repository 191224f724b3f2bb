import {existsSync} from 'node:fs'
import {beforeEach, describe, expect, test} from 'vitest'
import {set_fact} from '../../src/modules/set_fact.ts'
import type {Block, Task} from '../../src/play.ts'
import {act, line, runOn, SmallHost, task} from './small-host.ts'

let host: SmallHost
beforeEach(() => {
  host = new SmallHost()
})

const two = {hosts: ['a', 'b']}
/** Each task stands in a line of its own. */
const below = (tasks: readonly Task[]) =>
  tasks.map((one, index) => ({...one, source: {...one.source, line: index + 1}}))
const fatal = {anyErrorsFatal: true}
const mark = (name: string) => `touch ${host.path(`${name}-{{ inventory_hostname }}`)}`
/** b fails, late: a would be far ahead by then. */
const bFails = `[ {{ inventory_hostname }} = a ] || { sleep 0.3; exit 1; }`

describe('a task whose failure is fatal for all', () => {
  test('is ended by all hosts before one of them begins the next', async () => {
    const ran = await runOn(
      below([task('fails', act, {cmd: bFails}, fatal), task('next', act, {cmd: mark('next')})]),
      two,
    )
    expect(ran.exit).toBe(1)
    expect(ran.tasks.toSorted()).toEqual(['changed fails', 'failed fails'])
    expect(existsSync(host.path('next-a'))).toBe(false)
  })

  test('may be done by hosts that were behind when it failed on another', async () => {
    const slow = task('slow', act, {cmd: '[ {{ inventory_hostname }} = b ] || sleep 0.3'})
    const fails = task('fails', act, {cmd: '[ {{ inventory_hostname }} = a ]'}, fatal)
    const ran = await runOn(below([slow, fails, task('next', act, {cmd: mark('next')})]), two)
    expect(ran.tasks.toSorted()).toEqual(['changed fails', 'changed slow', 'changed slow', 'failed fails'])
  })

  test('costs hosts in order no trip', async () => {
    const tasks = below(['1', '2', '3'].map(name => task(name, line, {path: host.path(name), content: 'x'}, fatal)))
    for (const name of ['1', '2', '3']) host.write(name, 'x\n')
    const ran = await runOn(tasks, {hosts: ['small', 'other']})
    expect(ran.tasks.filter(one => one.startsWith('ok'))).toHaveLength(6)
    expect(ran.trips).toBe(1)
  })
})

test('what a rescue brings is known to tasks that were looked at before the block failed', async () => {
  const block: Block = {
    kind: 'block',
    block: [task('fails', act, {cmd: 'exit 1'})],
    rescue: [task('mends', set_fact, {mended: 'yes'})],
    always: [],
  }
  const after = task('after', line, {path: host.path('after'), content: "{{ mended | default('no') }}"})
  const ran = await runOn([block, after])
  expect(ran.exit).toBe(0)
  expect(host.read('after')).toBe('yes\n')
})
