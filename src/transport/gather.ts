import type {Socket} from 'node:net'

/** Sends what is written in one turn by one call of the system: SSH's packets are small, and a large file is thousands of them. */
export function gathered(socket: Socket): Socket {
  const write = socket.write
  const gathering = (...words: Parameters<Socket['write']>): boolean => {
    if (socket.writableCorked === 0) {
      socket.cork()
      process.nextTick(() => socket.uncork())
    }
    return write.apply(socket, words)
  }
  return Object.assign(socket, {write: gathering})
}
