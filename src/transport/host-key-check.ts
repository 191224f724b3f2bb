import {existsSync} from 'node:fs'
import {appendFile, mkdir, readFile} from 'node:fs/promises'
import {dirname} from 'node:path'
import {UnreachableError} from '../errors.ts'
import {sh} from '../shell/shell.ts'
import {
  fingerprint,
  hostWord,
  judge,
  keyType,
  knownHostLine,
  knownTypes,
  parseKnownHosts,
  type Verdict,
} from './known-hosts.ts'
import {usualKnownHosts} from './ssh-settings.ts'
import type {Hop} from './transport.ts'

const keyAlgorithms = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
  'ssh-rsa',
] as const
type KeyAlgorithm = (typeof keyAlgorithms)[number]

/** Nobody knows yet whose key a host shows; people may compare `shown` (its type and fingerprint) and `trust` exactly this key. */
export class UnknownHostKey extends UnreachableError {
  readonly shown: string
  /** Writes the key into known_hosts. */
  readonly trust: () => Promise<void>
  constructor(host: string, message: string, hint: string, key: {shown: string; trust: () => Promise<void>}) {
    super(host, message, hint)
    this.shown = key.shown
    this.trust = key.trust
  }
}

/** Decides about the key that a host shows; remembers why it refused one. */
export type HostKeyCheck = {
  readonly verify: (key: Buffer, answer: (accepted: boolean) => void) => void
  /** Asks the host first for a key of a type that known_hosts has. */
  readonly algorithms: {serverHostKey: {append: KeyAlgorithm[]; prepend: KeyAlgorithm[]; remove: KeyAlgorithm[]}}
  readonly refusal: UnreachableError | undefined
}

/** Reads known_hosts and makes the check for one host. */
export async function makeHostKeyCheck(hop: Hop): Promise<HostKeyCheck> {
  const files = hop.knownHostsFiles ?? [...usualKnownHosts(), '/etc/ssh/ssh_known_hosts']
  const file = files[0] ?? '/dev/null'
  const texts = await Promise.all(files.map(readIfThere))
  const name = hop.hostKeyAlias ?? hop.address
  // An alias stands for one server: its port is no part of the name.
  const server = {name, port: hop.hostKeyAlias === undefined ? hop.port : 22}
  const known = texts.flatMap(parseKnownHosts)
  let refusal: UnreachableError | undefined
  return {
    algorithms: preferred(knownTypes(known, server.name, server.port)),
    get refusal() {
      return refusal
    },
    verify: (key, answer) => {
      const verdict = judge(known, server.name, server.port, key)
      if (verdict === 'unknown' && hop.hostKeys === 'accept-new') {
        remember(file, server, key).then(
          () => answer(true),
          error => {
            refusal = new UnreachableError(hop.host, `cannot write the host key into ${file}: ${String(error)}`)
            answer(false)
          },
        )
        return
      }
      refusal = hop.hostKeys === 'off' ? undefined : refuse(verdict, hop.host, server, file, key)
      answer(refusal === undefined)
    },
  }
}

/** What known_hosts calls the server that shows a key. */
type Server = {readonly name: string; readonly port: number}

function refuse(
  verdict: Verdict,
  host: string,
  server: Server,
  file: string,
  key: Buffer,
): UnreachableError | undefined {
  if (verdict === 'known') return undefined
  const {name: address, port} = server
  const shown = `${keyType(key)} ${fingerprint(key)}`
  if (verdict === 'unknown') {
    return new UnknownHostKey(
      host,
      `the host key of ${hostWord(address, port)} is not known: ${shown}`,
      `compare the fingerprint with the host's own (on its console: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub), then trust exactly this key: ` +
        `${trusting(file, knownHostLine(address, port, key))}; or run with --host-keys accept-new`,
      {shown, trust: () => remember(file, server, key)},
    )
  }
  if (verdict === 'revoked')
    return new UnreachableError(
      host,
      `the host key of ${address} is marked @revoked: ${shown}`,
      'do not connect; ask who revoked it',
    )
  return new UnreachableError(
    host,
    `the host key of ${hostWord(address, port)} has changed: it now shows ${shown}, and ${file} has another`,
    `somebody may be in between, or the host was installed anew; if you know it was: ssh-keygen -R '${hostWord(address, port)}' -f ${file}`,
  )
}

/** The command that writes a line into known_hosts: what was shown is trusted, not what another connection may show. */
function trusting(file: string, line: string): string {
  const folder = existsSync(dirname(file)) ? '' : `mkdir -p -m 0700 ${sh`${dirname(file)}`} && `
  return `${folder}echo ${sh`${line}`} >> ${sh`${file}`}`
}

async function remember(file: string, {name, port}: Server, key: Buffer): Promise<void> {
  await mkdir(dirname(file), {recursive: true, mode: 0o700})
  await appendFile(file, `${knownHostLine(name, port, key)}\n`, {mode: 0o600})
}

function preferred(types: readonly string[]): HostKeyCheck['algorithms'] {
  const prepend = keyAlgorithms.filter(name => types.includes(name.startsWith('rsa-') ? 'ssh-rsa' : name))
  return {serverHostKey: {append: [], prepend, remove: []}}
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    return ''
  }
}
