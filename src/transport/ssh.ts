import {type Shell, sh} from '../shell/shell.ts'
import type {Client} from './client.ts'
import {JumpConnections, type Jumped} from './jump-connections.ts'
import {openHop} from './open-hop.ts'
import {sendInto} from './send.ts'
import {ShellSession, streamsOf} from './shell-session.ts'
import {openRootChannel, openRootShell} from './sudo.ts'
import {type Connection, LinkLost, type RemoteShell, type Target, type Transport} from './transport.ts'

const jumpConnections = new JumpConnections()

/** SSH: straight to the host, or by way of its jump hosts, each of which must show its known key. */
export const sshTransport: Transport = {
  async connect(target) {
    const jumped = await jumpConnections.over(target.jumps ?? [], target.host)
    try {
      return new SshConnection(target, await openHop(target, () => jumped.way(target)), jumped)
    } catch (error) {
      jumped.release()
      throw error
    }
  },
}

class SshConnection implements Connection {
  readonly #target: Target
  readonly #client: Client
  #jumped: Jumped | undefined

  constructor(target: Target, client: Client, jumped: Jumped) {
    this.#target = target
    this.#client = client
    this.#jumped = jumped
  }

  async shell(privilege: 'login' | 'root'): Promise<RemoteShell> {
    if (this.#needsSudo(privilege)) return openRootShell(this.#target, command => this.#exec(command))
    return new ShellSession(streamsOf(await this.#exec('exec sh')))
  }

  async send(privilege: 'login' | 'root', script: Shell, content: AsyncIterable<Uint8Array>): Promise<string> {
    const program = sh`exec sh -c ${script}`
    const channel = this.#needsSudo(privilege)
      ? await openRootChannel(this.#target, command => this.#exec(command), program)
      : await this.#exec(program)
    return sendInto(streamsOf(channel), content)
  }

  close(): Promise<void> {
    this.#client.close()
    this.#jumped?.release()
    this.#jumped = undefined
    return Promise.resolve()
  }

  #needsSudo(privilege: 'login' | 'root'): boolean {
    return privilege === 'root' && this.#target.user !== 'root'
  }

  async #exec(command: string) {
    if (!this.#client.isOpen()) throw new LinkLost('the connection is closed')
    // ssh2 says so where the link ends just now, and where sshd has as many sessions as it allows: nothing has run.
    return this.#client.exec(command).catch((error: unknown) => {
      throw new LinkLost(error instanceof Error ? error.message.replace('(SSH) ', '') : String(error))
    })
  }
}
