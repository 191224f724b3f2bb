import {UnreachableError} from '../errors.ts'
import {type Client, openClient} from './client.ts'
import {findLogin, type Login} from './credentials.ts'
import {type HostKeyCheck, makeHostKeyCheck} from './host-key-check.ts'
import {refused} from './login-errors.ts'
import type {Stream} from './stream.ts'
import type {Hop} from './transport.ts'

/** Logs in to one SSH server, over the way that `way` opens; its host key must be known. Throws UnreachableError that names the jump host. */
export async function openHop(hop: Hop, way: () => Promise<Stream>): Promise<Client> {
  try {
    return await logInOver(hop, way)
  } catch (error) {
    if (hop.jump === undefined || !(error instanceof UnreachableError)) throw error
    throw new UnreachableError(error.host, `jump host ${hop.jump}: ${error.message}`, error.hint)
  }
}

async function logInOver(hop: Hop, way: () => Promise<Stream>): Promise<Client> {
  const [check, login] = await Promise.all([makeHostKeyCheck(hop), findLogin(hop)])
  try {
    return await logIn(hop, check, login, await way())
  } finally {
    login.close()
  }
}

async function logIn(hop: Hop, check: HostKeyCheck, login: Login, {stream, said}: Stream): Promise<Client> {
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
    throw refused(hop, check, login, error, await said())
  }
}
