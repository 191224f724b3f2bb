import {connect, createServer, type Server} from 'node:net'

/** Runs an action while no other process on this machine holds the lock of that name; waits for the one that does, and says so. */
export async function withLock<Result>(
  name: string,
  say: (line: string) => void,
  action: () => Promise<Result>,
): Promise<Result> {
  const lock = await takeLock(name, say)
  try {
    return await action()
  } finally {
    lock.release()
  }
}

/** Runs an action unless another process on this machine holds the lock of that name; undefined when one does. */
export async function ifUnlocked<Result>(name: string, action: () => Promise<Result>): Promise<Result | undefined> {
  const lock = await tryLock(socketOf(name))
  if (!lock) return undefined
  try {
    return await action()
  } finally {
    lock.release()
  }
}

type Lock = {release: () => void}

async function takeLock(name: string, say: (line: string) => void): Promise<Lock> {
  let waited = false
  for (;;) {
    const lock = await tryLock(socketOf(name))
    if (lock) return lock
    if (!waited) say(`waiting for another process on this machine that holds the lock "${name}"`)
    waited = true
    await holderLetsGo(socketOf(name))
  }
}

function tryLock(path: string): Promise<Lock | undefined> {
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
    server.listen(path, () => resolve({release}))
  })
}

function holderLetsGo(path: string): Promise<void> {
  return new Promise(resolve => {
    const socket = connect(path)
    socket.on('error', () => undefined)
    socket.on('close', () => resolve())
    socket.resume()
  })
}

/** A socket without a file: the kernel gives it to one process only, and takes it back when that process ends, however it ends. */
function socketOf(name: string): string {
  return `\0${name}`
}
