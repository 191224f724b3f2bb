import {once} from 'node:events'
import {request} from 'node:https'
import {connect} from 'node:net'
import type {ConnectionOptions} from 'node:tls'
import WebSocket from 'ws'
import type {SandboxHost} from '../../../src/sandbox/sandbox.ts'
import {execute} from './command.ts'

/** Runs a shell command as root on a host by OpenSSH: not by anything of ours. Throws when it fails. */
export async function onHost(host: SandboxHost, command: string): Promise<string> {
  const ran = await execute('ssh', [...login(host), command], {seconds: 120})
  if (ran.exit !== 0) throw new Error(`${command}: exit ${ran.exit}\n${ran.stdout}${ran.stderr}`)
  return ran.stdout.trim()
}

/** Copies files and folders of this machine, given by their whole paths, to the same paths of a host. */
export async function copyToHost(host: SandboxHost, paths: readonly string[]): Promise<void> {
  const script = 'paths=$1; shift; tar -C / -chf - $paths | ssh "$@" tar -C / -xf -'
  const from = paths.map(path => path.slice(1)).join(' ')
  const ran = await execute('sh', ['-c', script, 'sh', from, ...login(host)], {seconds: 120})
  if (ran.exit !== 0) throw new Error(`copying to ${host.name}: ${ran.stderr}`)
}

/** The words with which OpenSSH logs in to a host as root, its key checked. */
export function login({keyFile, knownHostsFile, address}: SandboxHost): readonly string[] {
  const options = [`UserKnownHostsFile=${knownHostsFile}`, 'StrictHostKeyChecking=yes', 'BatchMode=yes']
  return ['-F', 'none', '-i', keyFile, ...options.flatMap(option => ['-o', option]), `root@${address}`]
}

/** What an HTTPS request to a host's address, made in the name of a domain, is answered. */
export type Answer = {
  readonly status: number
  readonly headers: NodeJS.Dict<string | string[]>
  readonly body: string
  readonly certificate: string
}

/** Where a host is found. */
type Place = {readonly address: string}

/** Asks over HTTPS; the certificate is not checked but given back (its SHA-256 fingerprint). */
export async function https(host: Place, domain: string, path: string, body?: object): Promise<Answer> {
  const text = body && JSON.stringify(body)
  const ask = request({
    host: host.address,
    servername: domain,
    path,
    method: text ? 'POST' : 'GET',
    headers: {
      host: domain,
      ...(text ? {'content-type': 'application/json', 'content-length': Buffer.byteLength(text)} : {}),
    },
    rejectUnauthorized: false,
    agent: false,
    signal: AbortSignal.timeout(20_000),
  })
  ask.end(text)
  const [answer] = await once(ask, 'response')
  const certificate = answer.socket.getPeerCertificate().fingerprint256
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk)
  return {status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks).toString(), certificate}
}

/** The first message that a WebSocket gets. */
export async function firstMessage(host: Place, domain: string, path: string): Promise<string> {
  const options: WebSocket.ClientOptions & ConnectionOptions = {
    servername: domain,
    headers: {host: domain},
    rejectUnauthorized: false,
    handshakeTimeout: 10_000,
  }
  const socket = new WebSocket(`wss://${host.address}${path}`, ['actioncable-v1-json'], options)
  const [data] = await once(socket, 'message', {signal: AbortSignal.timeout(10_000)})
  socket.terminate()
  return String(data)
}

/** Which of the ports accept a TCP connection from here. */
export async function openPorts(host: Place, ports: readonly number[]): Promise<readonly number[]> {
  const open = await Promise.all(ports.map(async port => ((await accepts(host.address, port)) ? [port] : [])))
  return open.flat()
}

async function accepts(address: string, port: number): Promise<boolean> {
  const socket = connect({host: address, port})
  try {
    await once(socket, 'connect', {signal: AbortSignal.timeout(3000)})
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
