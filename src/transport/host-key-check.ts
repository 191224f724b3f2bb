import {existsSync} from 'node:fs'
import {appendFile, mkdir, readFile} from 'node:fs/promises'
import {homedir} from 'node:os'
import {dirname, join} from 'node:path'
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
import type {Target} from './transport.ts'

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

/** Decides about the key that a host shows; remembers why it refused one. */
export type HostKeyCheck = {
  readonly verify: (key: Buffer, answer: (accepted: boolean) => void) => void
  /** Asks the host first for a key of a type that known_hosts has. */
  readonly algorithms: {serverHostKey: {append: KeyAlgorithm[]; prepend: KeyAlgorithm[]; remove: KeyAlgorithm[]}}
  readonly refusal: UnreachableError | undefined
}

/** Reads known_hosts and makes the check for one host. */
export async function makeHostKeyCheck(target: Target): Promise<HostKeyCheck> {
  const file = target.knownHostsFile ?? join(homedir(), '.ssh', 'known_hosts')
  const texts = await Promise.all([file, '/etc/ssh/ssh_known_hosts'].map(readIfThere))
  const known = texts.flatMap(parseKnownHosts)
  let refusal: UnreachableError | undefined
  return {
    algorithms: preferred(knownTypes(known, target.address, target.port)),
    get refusal() {
      return refusal
    },
    verify: (key, answer) => {
      const verdict = judge(known, target.address, target.port, key)
      if (verdict === 'unknown' && target.hostKeys === 'accept-new') {
        remember(file, target, key).then(
          () => answer(true),
          error => {
            refusal = new UnreachableError(target.host, `cannot write the host key into ${file}: ${String(error)}`)
            answer(false)
          },
        )
        return
      }
      refusal = target.hostKeys === 'off' ? undefined : refuse(verdict, target, file, key)
      answer(refusal === undefined)
    },
  }
}

function refuse(verdict: Verdict, target: Target, file: string, key: Buffer): UnreachableError | undefined {
  if (verdict === 'known') return undefined
  const {host, address, port} = target
  const shown = `${keyType(key)} ${fingerprint(key)}`
  if (verdict === 'unknown') {
    return new UnreachableError(
      host,
      `the host key of ${hostWord(address, port)} is not known: ${shown}`,
      `compare the fingerprint with the host's own (on its console: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub), then trust exactly this key: ` +
        `${trusting(file, knownHostLine(address, port, key))}; or run with --host-keys accept-new`,
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

async function remember(file: string, target: Target, key: Buffer): Promise<void> {
  await mkdir(dirname(file), {recursive: true, mode: 0o700})
  await appendFile(file, `${knownHostLine(target.address, target.port, key)}\n`, {mode: 0o600})
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
