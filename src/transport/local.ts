import {type ChildProcessWithoutNullStreams, spawn} from 'node:child_process'
import {once} from 'node:events'
import {userInfo} from 'node:os'
import {UnreachableError} from '../errors.ts'
import {ShellSession} from './shell-session.ts'
import type {Connection, RemoteShell, Target, Transport} from './transport.ts'

/** This machine itself: `ansible_connection: local`. */
export const localTransport: Transport = {
  connect: target => Promise.resolve(new LocalConnection(target)),
}

class LocalConnection implements Connection {
  readonly #target: Target
  #child: ChildProcessWithoutNullStreams | undefined
  #shell: RemoteShell | undefined

  constructor(target: Target) {
    this.#target = target
  }

  async shell(privilege: 'login' | 'root'): Promise<RemoteShell> {
    if (privilege === 'root' && userInfo().uid !== 0) throw notRoot(this.#target.host)
    this.#child ??= spawn('sh', [], {stdio: 'pipe'})
    this.#shell ??= new ShellSession(this.#child)
    return this.#shell
  }

  async close(): Promise<void> {
    const child = this.#child
    child?.stdin.end()
    if (child?.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
}

function notRoot(host: string): UnreachableError {
  return new UnreachableError(host, 'become needs root here, and this process is not root', 'run provision as root')
}
