import {UnreachableError} from '../errors.ts'
import {type Client, openClient} from './client.ts'
import {findLogin} from './credentials.ts'
import {forward} from './forward.ts'
import {makeHostKeyCheck} from './host-key-check.ts'
import {refused} from './login-errors.ts'
import {ShellSession} from './shell-session.ts'
import {openSocket} from './socket.ts'
import type {Stream} from './stream.ts'
import {openRootShell} from './sudo.ts'
import type {Connection, Hop, RemoteShell, Target, Transport} from './transport.ts'

/** SSH: straight to the host, or by way of its jump hosts, each of which must show its known key. */
export const sshTransport: Transport = {
  async connect(target) {
    const clients: Client[] = []
    try {
      for (const hop of [...(target.jumps ?? []), target]) {
        const client = clients.at(-1)
        const way = () => (client ? forward(client, target.jumps?.[clients.length - 1]?.jump, hop) : openSocket(hop))
        clients.push(await named(hop, openHop(hop, way)))
      }
      return new SshConnection(target, clients)
    } catch (error) {
      for (const client of clients.reverse()) client.close()
      throw error
    }
  },
}

class SshConnection implements Connection {
  readonly #target: Target
  /** The host's own is the last one. */
  readonly #clients: readonly Client[]

  constructor(target: Target, clients: readonly Client[]) {
    this.#target = target
    this.#clients = clients
  }

  async shell(privilege: 'login' | 'root'): Promise<RemoteShell> {
    if (privilege === 'root' && this.#target.user !== 'root')
      return openRootShell(this.#target, command => this.#exec(command))
    const channel = await this.#exec('exec sh')
    return new ShellSession({stdin: channel, stdout: channel, stderr: channel.stderr})
  }

  close(): Promise<void> {
    for (const client of this.#clients.toReversed()) client.close()
    return Promise.resolve()
  }

  #exec(command: string) {
    const client = this.#clients.at(-1)
    if (!client) throw new UnreachableError(this.#target.host, 'the connection is closed')
    return client.exec(command)
  }
}

async function openHop(hop: Hop, way: () => Promise<Stream>): Promise<Client> {
  const [check, login] = await Promise.all([makeHostKeyCheck(hop), findLogin(hop)])
  try {
    return await logIn(hop, check, login, await way())
  } finally {
    login.close()
  }
}

async function logIn(
  hop: Hop,
  check: Awaited<ReturnType<typeof makeHostKeyCheck>>,
  login: Awaited<ReturnType<typeof findLogin>>,
  {stream, said}: Stream,
): Promise<Client> {
  try {
    return await openClient({
      sock: stream,
      host: hop.address,
      username: hop.user,
      readyTimeout: hop.connectTimeout * 1000,
      keepaliveInterval: 15_000,
      hostVerifier: check.verify,
      algorithms: check.algorithms,
      authHandler: login.attempts.map(({method}) => method),
    })
  } catch (error) {
    stream.destroy()
    throw refused(hop, check, login, error, said())
  }
}

/** What fails on the way says where. */
async function named(hop: Hop, opening: Promise<Client>): Promise<Client> {
  return opening.catch((error: unknown) => {
    if (hop.jump === undefined || !(error instanceof UnreachableError)) throw error
    throw new UnreachableError(error.host, `jump host ${hop.jump}: ${error.message}`, error.hint)
  })
}
