import {PassThrough} from 'node:stream'
import {type Config, NodeSSH} from 'node-ssh'
import type {ClientChannel} from 'ssh2'

/** What an SSH connection needs to be opened. */
export type ClientOptions = Config

/** An SSH connection that is logged in. */
export type Client = {
  /** Runs a command. */
  readonly exec: (command: string) => Promise<ClientChannel>
  /** Opens a stream from there to a port. */
  readonly forward: (address: string, port: number) => Promise<ClientChannel>
  readonly isOpen: () => boolean
  readonly close: () => void
}

/** Logs in by node-ssh; the only file that imports it. Throws what ssh2 says. */
export async function openClient(options: ClientOptions): Promise<Client> {
  const ssh = new NodeSSH()
  await ssh.connect(options)
  // An error on an idle link would otherwise be an uncaught exception; the shells notice the loss by themselves.
  ssh.connection?.on('error', () => {})
  return {
    exec: command => opened(done => connection(ssh).exec(command, done)),
    forward: (address, port) => opened(done => connection(ssh).forwardOut('127.0.0.1', 0, address, port, done)),
    isOpen: () => ssh.isConnected(),
    close: () => ssh.dispose(),
  }
}

/** Says what is wrong with a private key, or its passphrase; undefined if it can be used. */
export async function keyProblem(privateKey: string, passphrase: string): Promise<string | undefined> {
  // The key is read before anything is sent; this stream leads nowhere, so that nothing is.
  const sock = new PassThrough().end()
  sock.destroy()
  const tried = new NodeSSH().connect({sock, username: 'nobody', privateKey, passphrase})
  const message = await tried.then(
    () => '',
    error => String(error),
  )
  return /Cannot parse privateKey: (.*)/.exec(message)?.[1]
}

function connection(ssh: NodeSSH) {
  if (ssh.connection) return ssh.connection
  throw new Error('the connection is closed')
}

function opened(
  open: (done: (error: Error | undefined, channel: ClientChannel) => void) => void,
): Promise<ClientChannel> {
  return new Promise((resolve, reject) => open((error, channel) => (error ? reject(error) : resolve(channel))))
}
