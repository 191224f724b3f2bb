import type {WebSocket} from 'ws'
import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {type Controller, controllerModule} from '../module.ts'
import {bool, count, text, words} from './arguments.ts'
import {connectTo, leadTo, reasonOf} from './connect-to.ts'

const schema = z.strictObject({
  url: z.url({protocol: /^wss?$/}).describe('What is connected to.'),
  protocols: words.default([]).describe('Subprotocols that are offered.'),
  headers: z.record(z.string(), text).default({}).describe('Further headers of the handshake.'),
  expect: z
    .string()
    .optional()
    .describe('Regular expression that a message from the server must match; without it the handshake is enough.'),
  validate_certs: bool.default(true).describe('With false any certificate will do.'),
  timeout: count.default(15).describe('Seconds until that message must be there.'),
  connect_to: connectTo,
})

type Wanted = z.infer<typeof schema>

/** websocket: opens a WebSocket from where provision runs, and waits for a word on it. */
export const websocket = controllerModule<Wanted>({
  name: 'websocket',
  summary: 'Opens a WebSocket from where provision runs, and waits for what the server says.',
  topic: 'outside',
  example: {
    name: 'WebSocket answers',
    websocket: {url: 'wss://chat.example.com/cable', protocols: 'actioncable-v1-json', expect: 'welcome'},
    delegate_to: 'localhost',
  },
  schema,
  run: async (wanted, controller) => {
    const {socket, message, protocol} = await converse(wanted, controller)
    socket.terminate()
    return {changed: false, result: {status: 101, protocol, message}}
  },
})

type Conversation = {readonly socket: WebSocket; readonly message: string; readonly protocol: string}

async function converse(wanted: Wanted, {signal}: Controller): Promise<Conversation> {
  const expected = wanted.expect === undefined ? undefined : new RegExp(wanted.expect)
  const limit = AbortSignal.any([signal, AbortSignal.timeout(wanted.timeout * 1000)])
  const socket = await open(wanted)
  const heard: string[] = []
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => {
      socket.terminate()
      reject(failure(wanted, reason, heard))
    }
    limit.addEventListener('abort', () => fail(`nothing that was waited for came within ${wanted.timeout} seconds`), {
      once: true,
    })
    socket.on('unexpected-response', (_, {statusCode}) => fail(`the handshake was answered ${statusCode}, not 101`))
    socket.on('error', error => fail(reasonOf(error)))
    socket.on('close', code => fail(`the server closed it (${code})`))
    socket.on('open', () => {
      if (!expected) resolve({socket, message: '', protocol: socket.protocol})
    })
    socket.on('message', data => {
      const message = data.toString()
      heard.push(message)
      if (expected?.test(message)) resolve({socket, message, protocol: socket.protocol})
    })
  })
}

async function open({url, protocols, headers, validate_certs, connect_to}: Wanted): Promise<WebSocket> {
  // Loaded only when it is needed: it brings more code than all other modules together.
  const {WebSocket} = await import('ws')
  return new WebSocket(url, [...protocols], {headers, rejectUnauthorized: validate_certs, ...leadTo(connect_to)})
}

function failure({url, connect_to}: Wanted, reason: string, heard: readonly string[]): TaskError {
  const where = connect_to === undefined ? url : `${url} (at ${connect_to})`
  return new TaskError({
    message: `The WebSocket ${where} did not do: ${reason}`,
    ...(heard.length > 0 && {stdout: heard.join('\n')}),
  })
}
