import {type ChildProcessWithoutNullStreams, spawn} from 'node:child_process'
import {once} from 'node:events'
import {userInfo} from 'node:os'
import {UnreachableError} from '../errors.ts'
import type {Shell} from '../shell/shell.ts'
import {sendInto} from './send.ts'
import {ShellSession} from './shell-session.ts'
import type {Connection, RemoteShell, Target, Transport} from './transport.ts'

/** This machine itself: `ansible_connection: local`. */
export const localTransport: Transport = {
  connect: target => Promise.resolve(new LocalConnection(target)),
}

/** How long a shell may take to end once it is told nothing more, in milliseconds. */
const patience = 5000

class LocalConnection implements Connection {
  readonly #target: Target
  readonly #children: ChildProcessWithoutNullStreams[] = []

  constructor(target: Target) {
    this.#target = target
  }

  async shell(privilege: 'login' | 'root'): Promise<RemoteShell> {
    return new ShellSession(this.#start(privilege, []))
  }

  send(privilege: 'login' | 'root', script: Shell, content: AsyncIterable<Uint8Array>): Promise<string> {
    return sendInto(this.#start(privilege, ['-c', script]), content)
  }

  #start(privilege: 'login' | 'root', words: readonly string[]): ChildProcessWithoutNullStreams {
    if (privilege === 'root' && userInfo().uid !== 0) throw notRoot(this.#target.host)
    const child = spawn('sh', words, {stdio: 'pipe'})
    this.#children.push(child)
    return child
  }

  async close(): Promise<void> {
    await Promise.all(this.#children.map(ended))
  }
}

async function ended(child: ChildProcessWithoutNullStreams): Promise<void> {
  child.stdin.end()
  if (child.exitCode !== null || child.signalCode !== null) return
  const late = setTimeout(() => child.kill('SIGKILL'), patience)
  await once(child, 'exit')
  clearTimeout(late)
}

function notRoot(host: string): UnreachableError {
  return new UnreachableError(host, 'become needs root here, and this process is not root', 'run provision as root')
}
