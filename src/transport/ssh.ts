import {once} from 'node:events'
import {connect as connectTcp, type Socket} from 'node:net'
import {NodeSSH} from 'node-ssh'
import type {ClientChannel} from 'ssh2'
import {UnreachableError} from '../errors.ts'
import {findLogin, type Login} from './credentials.ts'
import {type HostKeyCheck, makeHostKeyCheck} from './host-key-check.ts'
import {ShellSession} from './shell-session.ts'
import {openRootShell} from './sudo.ts'
import type {Connection, RemoteShell, Target, Transport} from './transport.ts'

/** SSH by node-ssh; the only file that imports it. */
export const sshTransport: Transport = {
  async connect(target) {
    const check = await makeHostKeyCheck(target)
    const login = await findLogin(target)
    const sock = await openSocket(target)
    const ssh = new NodeSSH()
    try {
      await ssh.connect({
        sock,
        host: target.address,
        username: target.user,
        readyTimeout: target.connectTimeout * 1000,
        keepaliveInterval: 15_000,
        hostVerifier: check.verify,
        algorithms: check.algorithms,
        ...login.credentials,
      })
    } catch (error) {
      sock.destroy()
      throw refused(target, check, login, error)
    }
    // An error on an idle link would otherwise be an uncaught exception; the shells notice the loss by themselves.
    ssh.connection?.on('error', () => {})
    return new SshConnection(target, ssh)
  },
}

class SshConnection implements Connection {
  readonly #target: Target
  readonly #ssh: NodeSSH

  constructor(target: Target, ssh: NodeSSH) {
    this.#target = target
    this.#ssh = ssh
  }

  async shell(privilege: 'login' | 'root'): Promise<RemoteShell> {
    if (privilege === 'root' && this.#target.user !== 'root')
      return openRootShell(this.#target, command => this.#exec(command))
    return new ShellSession(streams(await this.#exec('exec sh')))
  }

  close(): Promise<void> {
    this.#ssh.dispose()
    return Promise.resolve()
  }

  #exec(command: string): Promise<ClientChannel> {
    return new Promise((resolve, reject) => {
      if (!this.#ssh.connection) return reject(new UnreachableError(this.#target.host, 'the connection is closed'))
      this.#ssh.connection.exec(command, (error, channel) => (error ? reject(error) : resolve(channel)))
    })
  }
}

function streams(channel: ClientChannel) {
  return {stdin: channel, stdout: channel, stderr: channel.stderr}
}

async function openSocket(target: Target): Promise<Socket> {
  const {address: host, port} = target
  const sock = connectTcp({host, port, noDelay: true})
  try {
    await once(sock, 'connect', {signal: AbortSignal.timeout(target.connectTimeout * 1000)})
    return sock
  } catch (error) {
    sock.destroy()
    const reason =
      error instanceof Error && error.name === 'AbortError'
        ? `no answer in ${target.connectTimeout} s`
        : reasonOf(error)
    throw new UnreachableError(
      target.host,
      `cannot connect to ${host} port ${port}: ${reason}`,
      reason === noName
        ? 'check the name of the host, or set ansible_host to its address in the inventory'
        : 'check ansible_host and ansible_port in the inventory, that the host is up, and that no firewall is in between',
    )
  }
}

function refused(target: Target, check: HostKeyCheck, login: Login, error: unknown): Error {
  if (check.refusal) return check.refusal
  const {host, address, port, user, connectTimeout} = target
  const reason = reasonOf(error)
  if (/authentication/i.test(reason)) return notLetIn(target, login)
  const silent = /handshake/.test(reason)
  return new UnreachableError(
    host,
    `${address} port ${port} does not speak SSH as it should: ${silent ? `no greeting in ${connectTimeout} s` : reason}`,
    `check that ansible_port is the port of sshd; try: ssh -p ${port} ${user}@${address}`,
  )
}

function notLetIn({host, address, port, user}: Target, {words}: Login): UnreachableError {
  const tried = words.length === 0 ? 'there is no key, agent or password to log in with' : `tried ${words.join(', ')}`
  return new UnreachableError(
    host,
    `${address} does not let user ${user} in: ${tried}`,
    `try: ssh -p ${port} ${user}@${address}; set ansible_user and ansible_ssh_private_key_file, or load the key into ssh-agent`,
  )
}

const noName = 'the name does not resolve'

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const known: {[code: string]: string} = {
    ECONNREFUSED: 'connection refused',
    EHOSTUNREACH: 'no route to the host',
    ENETUNREACH: 'the network is unreachable',
    ENOTFOUND: noName,
    EAI_AGAIN: noName,
    ETIMEDOUT: 'no answer',
    ECONNRESET: 'the host closed the connection',
  }
  return known[code] ?? (error instanceof Error ? error.message : String(error))
}
