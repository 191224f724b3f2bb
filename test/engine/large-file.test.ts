import {spawnSync} from 'node:child_process'
import {createHash, randomBytes} from 'node:crypto'
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {homedir, userInfo} from 'node:os'
import {join} from 'node:path'
import {beforeEach, expect, test} from 'vitest'
import {knowArrived} from '../../src/engine/arrived.ts'
import {copy} from '../../src/modules/copy.ts'
import {lines, sh} from '../../src/shell/shell.ts'
import {line, runOn, SmallHost, task} from './small-host.ts'

let host: SmallHost
beforeEach(() => {
  host = new SmallHost()
})

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

test.each([
  ['a whole number of pieces', 2 * 16_777_216],
  ['a piece and one byte', 16_777_217],
])('a large file of %s arrives whole', async (_, size) => {
  const whole = randomBytes(size)
  writeFileSync(host.path('source'), whole)
  const ran = await runOn([send()])
  expect(ran.tasks).toEqual(['changed send'])
  expect(readFileSync(host.path('sent')).equals(whole)).toBe(true)
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

test('a large file that changes before it is sent fails its task, and is told', async () => {
  writeFileSync(host.path('source'), content)
  const other = task('other', line, {path: host.path('source'), content: 'y'.repeat(content.length - 1)})
  const ran = await runOn([other, send()])
  expect(ran.tasks).toEqual(['changed other', 'failed send'])
  expect(ran.results[1]?.failure?.message).toBe(`${host.path('source')} was changed while it was sent`)
  expect(existsSync(host.path('sent'))).toBe(false)
  expect(leftBehind()).toEqual([])
})

test('a host knows the hash of a file that arrived, wherever it is moved, until somebody writes to it', () => {
  host.write('arrived', 'content\n')
  const hashes = spawnSync('sh', [], {
    cwd: host.folder,
    encoding: 'utf8',
    input: lines(
      // No such hash: who tells it has not read the file.
      knowArrived(new Map([['known', host.path('arrived')]])),
      sh`mv arrived moved && chmod 0600 moved`,
      sh`sha256sum <moved`,
      sh`cp -p moved copied && sha256sum <copied`,
      sh`echo other >other && sha256sum <other`,
      sh`printf 'content\\n' | sha256sum`,
      sh`sha256sum moved`,
      sh`echo CONTENT >moved && sha256sum <moved`,
    ),
  })
  const [of, other, upper] = ['content\n', 'other\n', 'CONTENT\n'].map(sha256)
  expect(hashes.stdout.split('\n')).toEqual([
    'known  -',
    `${of}  -`,
    `${other}  -`,
    `${of}  -`,
    `${of}  moved`,
    `${upper}  -`,
    '',
  ])
})

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** What lies where large files wait for their task. */
function leftBehind(): readonly string[] {
  const state = userInfo().uid === 0 ? '/var/lib/provision' : join(homedir(), '.local/state/provision')
  const folder = join(state, 'uploads')
  return existsSync(folder) ? readdirSync(folder) : []
}
