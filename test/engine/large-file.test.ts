import {randomBytes} from 'node:crypto'
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {homedir, userInfo} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {copy} from '../../src/modules/copy.ts'
import {line, runOn, SmallHost, task} from './small-host.ts'

let host: SmallHost
beforeEach(() => {
  host = new SmallHost()
})
afterEach(() => host.remove())

const content = randomBytes(3_000_000)
const send = (name = 'sent') => task('send', copy, {src: host.path('source'), dest: host.path(name), mode: '0640'})

test('a large file is streamed in a trip of its own, told of while it goes, and put in place by its task', async () => {
  writeFileSync(host.path('source'), content)
  const ran = await runOn([task('before', line, {path: host.path('line'), content: 'x'}), send()])
  expect(ran.tasks).toEqual(['changed before', 'changed send'])
  expect(ran.trips).toBe(4)
  expect(readFileSync(host.path('sent')).equals(content)).toBe(true)
  const told = ran.events.filter(event => event.type === 'sending')
  expect(told.at(-1)).toEqual({type: 'sending', host: 'small', task: 'send', bytes: 3_000_000, size: 3_000_000})
  expect(leftBehind()).toEqual([])
})

test('a large file that is there already is not sent', async () => {
  writeFileSync(host.path('source'), content)
  writeFileSync(host.path('sent'), content, {mode: 0o640})
  const ran = await runOn([send()])
  expect(ran.tasks).toEqual(['ok send'])
  expect(ran.trips).toBe(1)
  expect(ran.events.filter(event => event.type === 'sending')).toEqual([])
})

test('a large file takes the place of a small one, and people see hashes and sizes', async () => {
  writeFileSync(host.path('source'), content)
  host.write('sent', 'small\n')
  const ran = await runOn([send()])
  const [{before, after} = {before: '', after: ''}] = ran.results[0]?.changes ?? []
  expect([before, after].map(one => String(one).replace(/sha256:[0-9a-f]{64}/, 'sha256:…'))).toEqual([
    'sha256:… (6 bytes)',
    'sha256:… (3000000 bytes)',
  ])
  expect(readFileSync(host.path('sent')).equals(content)).toBe(true)
})

test('a host that cannot take a large file fails at the task that sends it', async () => {
  writeFileSync(host.path('source'), content)
  const ran = await runOn([task('before', line, {path: host.path('line'), content: 'x'}), send('missing/sent')])
  expect(ran.tasks).toEqual(['changed before', 'failed send'])
  expect(leftBehind()).toEqual([])
})

/** What lies where large files wait for their task. */
function leftBehind(): readonly string[] {
  const state = userInfo().uid === 0 ? '/var/lib/provision' : join(homedir(), '.local/state/provision')
  const folder = join(state, 'uploads')
  return existsSync(folder) ? readdirSync(folder) : []
}
