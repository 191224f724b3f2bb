import {once} from 'node:events'
import {mkdtemp, rm} from 'node:fs/promises'
import {connect, createServer, type Socket} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

/** How long the agent may take to list its keys, in milliseconds. */
const limit = 5000

const listRequest = Buffer.from([0, 0, 0, 1, 11])
const listAnswer = 12

/** The public keys (their wire form) that an agent has; none if it does not answer. */
export async function agentKeys(path: string): Promise<readonly Buffer[]> {
  const socket = connect(path)
  const messages: Buffer[] = []
  const listed = new Promise<void>(resolve => {
    readMessages(socket, message => {
      messages.push(message)
      resolve()
    })
  })
  try {
    socket.write(listRequest)
    await Promise.race([listed, once(socket, 'close', {signal: AbortSignal.timeout(limit)})])
    return messages.flatMap(message => (message[0] === listAnswer ? entries(message).map(({key}) => key) : []))
  } catch {
    return []
  } finally {
    socket.destroy()
  }
}

/** An agent that shows only some keys of another, so that a host is not asked about all of them. */
export type NarrowAgent = {readonly path: string; readonly close: () => void}

/** Opens a socket that only this user can reach, and passes everything on but the keys that are not wanted. */
export async function narrowAgent(path: string, wanted: readonly Buffer[]): Promise<NarrowAgent> {
  const folder = await mkdtemp(join(tmpdir(), 'provision-agent-'))
  const server = createServer(client => {
    const agent = connect(path)
    client.pipe(agent)
    readMessages(agent, message =>
      client.write(framed(message[0] === listAnswer ? narrowed(message, wanted) : message)),
    )
    for (const [one, other] of [[client, agent] as const, [agent, client] as const])
      one.on('error', () => other.destroy()).on('close', () => other.destroy())
  })
  const close = () => {
    server.close()
    void rm(folder, {recursive: true, force: true})
  }
  server.listen(join(folder, 'socket')).unref()
  await once(server, 'listening')
  return {path: join(folder, 'socket'), close}
}

type Entry = {readonly key: Buffer; readonly whole: Buffer}

function narrowed(message: Buffer, wanted: readonly Buffer[]): Buffer {
  const kept = entries(message).filter(({key}) => wanted.some(one => one.equals(key)))
  const head = Buffer.from([listAnswer, 0, 0, 0, 0])
  head.writeUInt32BE(kept.length, 1)
  return Buffer.concat([head, ...kept.map(({whole}) => whole)])
}

/** Each entry is a key and a comment, both with their length before them. */
function entries(message: Buffer): readonly Entry[] {
  const found: Entry[] = []
  let at = 5
  while (at + 4 <= message.length) {
    const keyEnd = at + 4 + message.readUInt32BE(at)
    const end = keyEnd + 4 + message.readUInt32BE(keyEnd)
    found.push({key: message.subarray(at + 4, keyEnd), whole: message.subarray(at, end)})
    at = end
  }
  return found
}

function readMessages(socket: Socket, onMessage: (message: Buffer) => void): void {
  let rest = Buffer.alloc(0)
  socket.on('data', chunk => {
    rest = Buffer.concat([rest, chunk])
    while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32BE(0)) {
      const end = 4 + rest.readUInt32BE(0)
      onMessage(rest.subarray(4, end))
      rest = rest.subarray(end)
    }
  })
}

function framed(message: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(message.length)
  return Buffer.concat([length, message])
}
