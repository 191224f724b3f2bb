import {createServer} from 'node:https'
import {afterAll, beforeAll, expect, it} from 'vitest'
import {WebSocketServer} from 'ws'
import type {Values} from '../../src/module.ts'
import {websocket} from '../../src/modules/websocket.ts'
import {listen, makeCertificates, runModule} from './local-servers.ts'

const server = createServer(makeCertificates().lasting.pem, (_, response) =>
  response.writeHead(404).end('Page not found'),
)
const sockets = new WebSocketServer({server, path: '/cable', handleProtocols: offered => [...offered][0] ?? false})
let port = 0

beforeAll(async () => {
  port = (await listen(server)).port
  sockets.on('connection', (socket, request) => {
    if (request.headers['x-mute'] === 'yes') return
    if (request.headers['x-mute'] === 'closed') return socket.close(4000)
    socket.send('{"type":"ping"}')
    socket.send('{"type":"welcome"}')
  })
})

afterAll(() => {
  sockets.close()
  server.close()
})

it('hears the word that it waits for', async () => {
  const {result} = await open({protocols: ['actioncable-v1-json'], expect: '"type":"welcome"'})
  expect(result).toEqual({status: 101, protocol: 'actioncable-v1-json', message: '{"type":"welcome"}'})
})

it('is content with the handshake when it waits for nothing', async () => {
  expect((await open({})).result.status).toBe(101)
})

it('says what it heard instead of the word', async () => {
  const error = await open({expect: 'good morning', timeout: 1}).catch(caught => caught)
  expect(error.failure).toEqual({
    message: `The WebSocket wss://chat.test:${port}/cable (at 127.0.0.1) did not do: nothing that was waited for came within 1 seconds`,
    stdout: '{"type":"ping"}\n{"type":"welcome"}',
  })
})

it('says when the server closes it', async () => {
  await expect(open({expect: 'welcome', headers: {'x-mute': 'closed'}})).rejects.toThrow('the server closed it (4000)')
})

it('says how the handshake was answered when it was refused', async () => {
  await expect(open({path: '/nothing'})).rejects.toThrow('the handshake was answered 400, not 101')
})

it('refuses a certificate that nobody vouches for', async () => {
  await expect(open({validate_certs: true})).rejects.toThrow('self-signed certificate')
})

function open({path = '/cable', ...args}: Values) {
  const url = `wss://chat.test:${port}${path}`
  return runModule(websocket, {url, connect_to: '127.0.0.1', validate_certs: false, ...args})
}
