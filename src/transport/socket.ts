import {once} from 'node:events'
import {connect} from 'node:net'
import {UnreachableError} from '../errors.ts'
import {gathered} from './gather.ts'
import {openProxy} from './proxy-command.ts'
import {noName, reasonOf} from './reasons.ts'
import type {Stream} from './stream.ts'
import type {Hop} from './transport.ts'

/** Opens the way to the first SSH server: a TCP connection, or its ProxyCommand. Throws UnreachableError. */
export function openSocket(hop: Hop): Promise<Stream> {
  return hop.proxyCommand === undefined ? openTcp(hop) : openProxy(hop, hop.proxyCommand)
}

async function openTcp(hop: Hop): Promise<Stream> {
  const {address: host, port} = hop
  const sock = gathered(connect({host, port, noDelay: true}))
  try {
    await once(sock, 'connect', {signal: AbortSignal.timeout(hop.connectTimeout * 1000)})
    return {stream: sock, said: () => Promise.resolve('')}
  } catch (error) {
    sock.destroy()
    const late = error instanceof Error && error.name === 'AbortError'
    throw noAnswer(hop, late ? `no answer in ${hop.connectTimeout} s` : reasonOf(error))
  }
}

function noAnswer({host, jump, address, port}: Hop, reason: string): UnreachableError {
  const where =
    jump === undefined ? 'ansible_host and ansible_port in the inventory' : 'HostName and Port of the jump host'
  return new UnreachableError(
    host,
    `cannot connect to ${address} port ${port}: ${reason}`,
    reason === noName
      ? `check the name of the ${jump === undefined ? 'host, or set ansible_host to its address in the inventory' : 'jump host'}`
      : `check ${where}, that the host is up, and that no firewall is in between`,
  )
}
