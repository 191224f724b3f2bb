import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import {act, line, runOn, SmallHost, task} from './small-host.ts'

let host: SmallHost
beforeEach(() => {
  host = new SmallHost()
})
afterEach(() => vi.unstubAllEnvs())

test('a host that has no room for a script is out of reach, and the run comes to its end', async () => {
  vi.stubEnv('TMPDIR', '/nonexistent')
  const ran = await runOn([task('first', line, {path: host.path('a'), content: 'x'})])
  expect(ran.exit).toBe(4)
  const [told] = ran.events.filter(event => event.type === 'host-unreachable')
  expect(told?.message).toMatch(/^the script there ended before its end: mktemp: .*\/nonexistent/)
})

test('hosts that wait for one whose turn is yet to come let it begin', async () => {
  const tell = task('tell', line, {
    path: host.path('{{ inventory_hostname }}'),
    content: '{{ hostvars.c.said.stdout }}',
  })
  const tasks = [
    task('say', act, {cmd: 'echo $WHERE'}, {register: 'said'}),
    {...tell, source: {...tell.source, line: 2}},
  ].map(one => ({...one, delegateTo: 'machine-of-{{ inventory_hostname }}'}))
  const ran = await runOn(tasks, {hosts: ['a', 'b', 'c'], forks: 1})
  expect(ran.exit).toBe(0)
  expect(['a', 'b', 'c'].map(name => host.read(name))).toEqual(Array(3).fill('machine-of-c\n'))
})
