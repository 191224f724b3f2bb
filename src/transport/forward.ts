import {setTimeout as wait} from 'node:timers/promises'
import {UnreachableError} from '../errors.ts'
import type {Client} from './client.ts'
import type {Stream} from './stream.ts'
import type {Hop} from './transport.ts'

/** Opens the way to the next SSH server from the one before it. Bounded by the connect timeout; throws UnreachableError. */
export async function forward(before: Client, through: string | undefined, hop: Hop): Promise<Stream> {
  const done = new AbortController()
  const late = wait(hop.connectTimeout * 1000, undefined, {signal: done.signal}).then(() => {
    throw new Error(`no answer in ${hop.connectTimeout} s`)
  })
  try {
    const stream = await Promise.race([before.forward(hop.address, hop.port), late])
    return {stream, said: () => Promise.resolve('')}
  } catch (error) {
    throw unreached(hop, through, error)
  } finally {
    done.abort()
  }
}

function unreached({host, address, port}: Hop, through: string | undefined, error: unknown): UnreachableError {
  const said = error instanceof Error ? error.message : String(error)
  const reason = said.replace(/^\(SSH\) Channel open failure: /, '')
  return new UnreachableError(
    host,
    `jump host ${through} cannot connect to ${address} port ${port}: ${/prohibited/.test(said) ? 'it allows no forwarding' : reason.toLowerCase()}`,
    /prohibited/.test(said)
      ? 'set AllowTcpForwarding yes in its sshd_config'
      : 'check the address as the jump host sees it, that the host is up, and that no firewall is in between',
  )
}
