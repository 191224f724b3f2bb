import {UnreachableError} from '../errors.ts'
import type {Client} from './client.ts'
import {forward} from './forward.ts'
import {openHop} from './open-hop.ts'
import {openSocket} from './socket.ts'
import type {Stream} from './stream.ts'
import type {Hop} from './transport.ts'

/** The end of a way over jump hosts: opens streams from there, until it is given back. */
export type Jumped = {readonly way: (hop: Hop) => Promise<Stream>; readonly release: () => void}

type Shared = {readonly client: Promise<Client>; readonly before: Promise<Jumped>; users: number}

/** Connections to jump hosts, each shared by all hosts behind it: sshd turns many logins at once away (MaxStartups). */
export class JumpConnections {
  readonly #shared = new Map<string, Shared>()

  /** Goes over these jump hosts, nearest first. Throws UnreachableError for `host`. */
  async over(jumps: readonly Hop[], host: string): Promise<Jumped> {
    const last = jumps.at(-1)
    if (!last) return {way: openSocket, release: () => {}}
    const key = jumps.map(keyOf).join()
    const shared = await this.#take(key, jumps, last)
    const release = () => this.#release(key, shared)
    try {
      const client = await shared.client
      return {way: hop => forward(client, last.jump, hop), release}
    } catch (error) {
      release()
      throw error instanceof UnreachableError ? new UnreachableError(host, error.message, error.hint) : error
    }
  }

  /** Takes the connection that is there, unless its link was lost; whoever takes one must release it. */
  async #take(key: string, jumps: readonly Hop[], last: Hop): Promise<Shared> {
    const found = this.#shared.get(key)
    if (!found) return this.#open(key, jumps, last)
    found.users++
    if (await found.client.then(isOpen, () => true)) return found
    this.#release(key, found)
    if (this.#shared.get(key) === found) this.#shared.delete(key)
    return this.#take(key, jumps, last)
  }

  #open(key: string, jumps: readonly Hop[], last: Hop): Shared {
    const before = this.over(jumps.slice(0, -1), last.host)
    const shared = {before, client: before.then(({way}) => openHop(last, () => way(last))), users: 1}
    this.#shared.set(key, shared)
    return shared
  }

  #release(key: string, shared: Shared): void {
    if (--shared.users > 0) return
    if (this.#shared.get(key) === shared) this.#shared.delete(key)
    shared.client.then(client => client.close()).catch(() => {})
    shared.before.then(({release}) => release()).catch(() => {})
  }
}

function isOpen(client: Client): boolean {
  return client.isOpen()
}

/** Whatever makes a connection another one; not whom it is for. */
function keyOf({host: _, passphrases: __, ...hop}: Hop): string {
  return JSON.stringify(hop)
}
