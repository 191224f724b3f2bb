import {UnreachableError} from '../errors.ts'
import type {Login} from './credentials.ts'
import type {HostKeyCheck} from './host-key-check.ts'
import {reasonOf} from './reasons.ts'
import type {Hop} from './transport.ts'

/** Why a login failed, and what to do; `said` is what a ProxyCommand wrote to stderr. */
export function refused(hop: Hop, check: HostKeyCheck, login: Login, error: unknown, said: string): Error {
  if (check.refusal) return check.refusal
  const {host, address, port, user, connectTimeout} = hop
  const reason = reasonOf(error)
  if (/authentication/i.test(reason)) return notLetIn(hop, login, /too many/i.test(reason))
  const silent = /handshake/.test(reason)
  const words = silent ? `no greeting in ${connectTimeout} s` : reason
  if (hop.proxyCommand !== undefined) return proxyFailed(hop, hop.proxyCommand, said || words)
  return new UnreachableError(
    host,
    `${address} port ${port} does not speak SSH as it should: ${words}`,
    `check that ${hop.jump === undefined ? 'ansible_port' : 'Port'} is the port of sshd; try: ssh -p ${port} ${user}@${address}`,
  )
}

function notLetIn({host, jump, address, port, user}: Hop, {attempts}: Login, tooMany: boolean): UnreachableError {
  const words = attempts.flatMap(attempt => attempt.words ?? [])
  const tried = words.length === 0 ? 'there is no key, agent or password to log in with' : `tried ${words.join(', ')}`
  const message = `${address} does not let user ${user} in: ${tried}`
  const command = `try: ssh -p ${port} ${user}@${address}`
  if (tooMany)
    return new UnreachableError(
      host,
      `${message}; it wants no further tries`,
      `${command}; set IdentityFile and IdentitiesOnly yes in ~/.ssh/config, so that only the right key is tried`,
    )
  const set =
    jump === undefined
      ? 'ansible_user and ansible_ssh_private_key_file'
      : `User and IdentityFile for ${jump} in ~/.ssh/config`
  return new UnreachableError(host, message, `${command}; set ${set}, or load the key into ssh-agent`)
}

function proxyFailed({host, address}: Hop, command: string, said: string): UnreachableError {
  return new UnreachableError(host, `the ProxyCommand did not lead to ${address}: ${said}`, `try it: ${command}`)
}
