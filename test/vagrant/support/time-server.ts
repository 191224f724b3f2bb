import {createSocket, type Socket} from 'node:dgram'
import {once} from 'node:events'

// NTP counts from 1900.
const secondsBefore1970 = 2_208_988_800

/** Tells the time of this machine to whoever asks by NTP (RFC 5905) at its port 123. */
export async function serveTime(address: string): Promise<Socket> {
  const socket = createSocket('udp4')
  socket.on('message', (question, asker) => {
    if (question.length < 48) return
    const received = timestamp()
    socket.send(answer(question, received), asker.port, asker.address)
  })
  socket.bind(123, address)
  await once(socket, 'listening')
  return socket
}

function answer(question: Buffer, received: Buffer): Buffer {
  const packet = Buffer.alloc(48)
  // No leap second, the version that was asked with, a server.
  packet[0] = ((question[0] ?? 0) & 0b0011_1000) | 4
  // Next to a clock that is set otherwise, read to a millisecond.
  packet.set([3, question[2] ?? 6, 0xf6], 1)
  packet.writeUInt32BE(0x10, 8)
  packet.write('LOCL', 12, 'latin1')
  packet.set(received, 16)
  packet.set(question.subarray(40, 48), 24)
  packet.set(received, 32)
  packet.set(timestamp(), 40)
  return packet
}

function timestamp(): Buffer {
  const now = Date.now()
  const bytes = Buffer.alloc(8)
  bytes.writeUInt32BE(Math.floor(now / 1000) + secondsBefore1970)
  bytes.writeUInt32BE(Math.floor(((now % 1000) / 1000) * 2 ** 32), 4)
  return bytes
}
