import {readdirSync} from 'node:fs'
import {beforeEach, expect, test} from 'vitest'
import {act, line, runOn, SmallHost, task} from './small-host.ts'

let host: SmallHost
beforeEach(() => {
  host = new SmallHost()
})

const two = {hosts: ['a', 'b']}

test('two names of the same machine are at work on it in one run', async () => {
  const meet = (own: string, other: string) =>
    `touch ${host.path(own)}; for i in $(seq 200); do [ ! -e ${host.path(other)} ] || exit 0; sleep 0.05; done; exit 1`
  const cmd = `[ {{ inventory_hostname }} = b ] && { ${meet('b', 'a')}; } || { ${meet('a', 'b')}; }`
  const ran = await runOn([task('meet', act, {cmd})], two)
  expect(ran.exit).toBe(0)
  expect(ran.tasks).toEqual(['changed meet', 'changed meet'])
  expect(readdirSync(host.folder).toSorted()).toEqual(['a', 'b'])
})

test('what one of them notifies is no handler that an earlier run left behind', async () => {
  const handler = task('told', line, {path: host.path('told-{{ inventory_hostname }}'), content: 'x'})
  const only = (name: string) => ({when: [`inventory_hostname == '${name}'`]})
  const change = task('change', line, {path: host.path('changed'), content: 'x'}, {notify: ['told'], ...only('a')})
  const late = task('late', act, {cmd: `until [ -e ${host.path('changed')} ]; do sleep 0.05; done`}, only('b'))
  const looks = task('looks', act, {cmd: 'true'}, {when: ['said is changed']})
  const ran = await runOn([change, {...late, register: 'said'}, looks], {...two, handlers: [handler]})
  expect(ran.exit).toBe(0)
  expect(readdirSync(host.folder).toSorted()).toEqual(['changed', 'told-a'])
  expect(ran.events.filter(event => event.type === 'notice')).toEqual([])
})
