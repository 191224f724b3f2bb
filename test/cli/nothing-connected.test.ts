import {createServer} from 'node:net'
import {expect, test} from 'vitest'
import {folderWith, provision} from './program.ts'

test('a mistake in the last play keeps the first from connecting', async () => {
  const listener = await listen()
  const good = '- hosts: all\n  gather_facts: false\n  tasks: [{ping: }]\n'
  const hosts = `web1: {ansible_host: 127.0.0.1, ansible_port: ${listener.port}}`
  const folder = folderWith({
    'hosts.yml': `all: {hosts: {${hosts}}}\n`,
    'good.yml': good,
    'bad.yml': `${good}- hosts: all\n  tasks: [{pong: }]\n`,
  })
  expect((await provision(folder, ['-i', 'hosts.yml', 'bad.yml'])).exit).toBe(3)
  expect(listener.connections()).toBe(0)
  // The same host is connected when nothing is wrong, so the listener does see what comes.
  expect((await provision(folder, ['-i', 'hosts.yml', 'good.yml'])).exit).toBe(4)
  expect(listener.connections()).toBe(1)
  listener.close()
})

/** A port of this machine that counts who connects, and hangs up. */
async function listen() {
  let connections = 0
  const server = createServer(socket => {
    connections++
    socket.end()
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {port, connections: () => connections, close: () => server.close()}
}
