import {expect, test} from 'vitest'
import {type HostState, hiddenHosts, shorten, visibleHosts} from '../../src/report/window.ts'

const states: HostState[] = ['done', 'failed', 'failed', 'failed', 'running', 'running', 'waiting', 'done']
const hosts = states.map((state, index) => ({host: `h${index}`, state}))

test('all hosts are shown where there is room', () => {
  expect([...visibleHosts(hosts, 8)]).toEqual(hosts.map(({host}) => host))
  expect(hiddenHosts(hosts, visibleHosts(hosts, 8), 80)).toBe('')
})

test('failed hosts take half of the room, then come running ones', () => {
  const visible = visibleHosts(hosts, 4)
  expect([...visible]).toEqual(['h1', 'h2', 'h4', 'h5'])
  expect(hiddenHosts(hosts, visible, 80)).toBe('and 4 more hosts, 1 failed, 1 waiting, 2 done')
  expect(hiddenHosts(hosts, visible, 40)).toBe('4 more, 1 failed, 1 waiting, 2 done')
})

test('without room no host is shown', () => {
  expect(visibleHosts(hosts, 0).size).toBe(0)
  expect(visibleHosts(hosts, -1).size).toBe(0)
})

test('what is too long ends with an ellipsis', () => {
  expect([shorten('abcdef', 6), shorten('abcdef', 5), shorten('abcdef', 0)]).toEqual(['abcdef', 'abcd…', '…'])
})
