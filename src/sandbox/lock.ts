import {connect, createServer, type Server} from 'node:net'

// A name without a file: the kernel gives it to one process only and takes it back when that process ends, however it ends.
const lockName = '\0provision-sandbox'

/** Runs an action while no other process on this machine changes the sandbox; waits for the one that does, and says so. */
export async function withLock<Result>(say: (line: string) => void, action: () => Promise<Result>): Promise<Result> {
  const server = await takeLock(say)
  try {
    return await action()
  } finally {
    server.release()
  }
}

type Lock = {release: () => void}

async function takeLock(say: (line: string) => void): Promise<Lock> {
  let waited = false
  for (;;) {
    const lock = await tryLock()
    if (lock) return lock
    if (!waited) say('waiting for another `provision sandbox` on this machine')
    waited = true
    await holderLetsGo()
  }
}

function tryLock(): Promise<Lock | undefined> {
  return new Promise((resolve, reject) => {
    const waiting = new Set<{destroy: () => void}>()
    const server: Server = createServer(socket => {
      waiting.add(socket)
      socket.on('error', () => waiting.delete(socket))
    })
    const release = () => {
      server.close()
      for (const socket of waiting) socket.destroy()
    }
    server.on('error', error => ('code' in error && error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)))
    server.listen(lockName, () => resolve({release}))
  })
}

function holderLetsGo(): Promise<void> {
  return new Promise(resolve => {
    const socket = connect(lockName)
    socket.on('error', () => undefined)
    socket.on('close', () => resolve())
    socket.resume()
  })
}
