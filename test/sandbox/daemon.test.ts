import {mkdtemp, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {daemonProcess, startDaemon, stopDaemon} from '../../src/sandbox/daemon.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daemon-'))
})
afterEach(() => stopDaemon(folder, 'sleeper'))

test('a daemon runs until it is stopped', async () => {
  expect(await daemonProcess(folder, 'sleeper')).toBeUndefined()
  await startDaemon({name: 'sleeper', folder, command: ['sleep', '60']})
  expect(await daemonProcess(folder, 'sleeper')).toBeGreaterThan(1)
  await stopDaemon(folder, 'sleeper')
  expect(await daemonProcess(folder, 'sleeper')).toBeUndefined()
})

test('a process that was given the id of an ended daemon is left alone', async () => {
  await writeFile(join(folder, 'sleeper.pid'), `${process.pid} 1\n`)
  expect(await daemonProcess(folder, 'sleeper')).toBeUndefined()
  await stopDaemon(folder, 'sleeper')
})

test('a program that does not exist is an error', async () => {
  const starting = startDaemon({name: 'sleeper', folder, command: ['no-such-program']})
  await expect(starting).rejects.toThrow('ENOENT')
})
