import {createServer} from 'node:net'
import {expect, it} from 'vitest'
import {open_ports} from '../../src/modules/open-ports.ts'
import {wait_for} from '../../src/modules/wait-for.ts'
import {listen, runModule} from './local-servers.ts'

it('finds exactly the expected ports open', async () => {
  const [one, two] = [await listen(createServer()), await closed()]
  const {result} = await runModule(open_ports, {expected: [one.port], scanned: [one.port, two]})
  expect(result).toEqual({host: '127.0.0.1', open: [one.port], closed: [two]})
  one.server.close()
})

it('fails on a port that is open and must not be, and on one that is closed and must not be', async () => {
  const [one, two] = [await listen(createServer()), await closed()]
  await expect(runModule(open_ports, {expected: [two], scanned: [one.port]})).rejects.toThrow(
    `127.0.0.1 answers on ${one.port}, which must be closed to the outside and does not answer on ${two}`,
  )
  one.server.close()
})

it('waits until a port answers', async () => {
  const port = await closed()
  const server = createServer()
  const waiting = runModule(wait_for, {port, sleep: 0, timeout: 60})
  server.listen(port, '127.0.0.1')
  expect((await waiting).result).toMatchObject({host: '127.0.0.1', port, path: null, state: 'started'})
  server.close()
})

it('waits until the server says what it should', async () => {
  const {server, port} = await listen(createServer(socket => socket.end('SSH-2.0-OpenSSH_10\r\n')))
  expect((await runModule(wait_for, {port, search_regex: '^SSH-2.0-OpenSSH'})).changed).toBe(false)
  await expect(runModule(wait_for, {port, search_regex: 'nothing of it', sleep: 0, timeout: 0})).rejects.toThrow(
    `port ${port}`,
  )
  server.close()
})

it('waits until a port no longer answers', async () => {
  const {server, port} = await listen(createServer())
  await expect(runModule(wait_for, {port, state: 'stopped', sleep: 0, timeout: 0})).rejects.toThrow(
    `Waited 0 seconds in vain until port ${port} of 127.0.0.1 no longer answers`,
  )
  const waiting = runModule(wait_for, {port, state: 'stopped', sleep: 0, timeout: 60})
  server.close()
  expect((await waiting).result.state).toBe('stopped')
})

it('says what it was told to say when it waited in vain', async () => {
  const port = await closed()
  await expect(runModule(wait_for, {port, sleep: 0, timeout: 0, msg: 'The shop is closed'})).rejects.toThrow(
    'The shop is closed',
  )
})

it('stops waiting when the run is interrupted', async () => {
  const interrupt = new AbortController()
  const waiting = runModule(wait_for, {port: await closed(), timeout: 60}, {signal: interrupt.signal})
  interrupt.abort()
  await expect(waiting).rejects.toThrow('aborted')
})

/** A port that nobody listens on, as far as one can know. */
async function closed(): Promise<number> {
  const {server, port} = await listen(createServer())
  await new Promise(resolve => server.close(resolve))
  return port
}
