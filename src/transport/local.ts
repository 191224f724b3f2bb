import {spawn} from 'node:child_process'
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
  readonly #children: ReturnType<typeof spawn>[] = []

  constructor(target: Target) {
    this.#target = target
  }

  shell(privilege: 'login' | 'root'): Promise<RemoteShell> {
    if (privilege === 'root' && userInfo().uid !== 0) {
      return Promise.reject(
        new UnreachableError(
          this.#target.host,
          'become needs root here, and this process is not root',
          'run provision as root',
        ),
      )
    }
    const child = spawn('sh', [], {stdio: 'pipe'})
    this.#children.push(child)
    return Promise.resolve(new ShellSession(child))
  }

  close(): Promise<void> {
    for (const child of this.#children) child.stdin?.end()
    return Promise.resolve()
  }
}
