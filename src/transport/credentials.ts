import {access, readFile} from 'node:fs/promises'
import {homedir} from 'node:os'
import {join} from 'node:path'
import {UnreachableError} from '../errors.ts'
import type {Target} from './transport.ts'

/** What proves to the host who we are: a key, a password, the agent. */
type Credentials = {readonly privateKey?: string; readonly password?: string; readonly agent?: string}

/** The credentials, and what they are in words: `the key /home/me/.ssh/id_ed25519`. */
export type Login = {readonly credentials: Credentials; readonly words: readonly string[]}

type Key = {readonly file: string; readonly text: string}

/** Finds the credentials for a target: the named key file, or the agent and OpenSSH's usual key files; a password if given. Throws UnreachableError. */
export async function findLogin(target: Target): Promise<Login> {
  const key = await (target.keyFile === undefined ? firstUsualKey() : namedKey(target, target.keyFile))
  const {password} = target
  const agent = target.keyFile === undefined ? process.env.SSH_AUTH_SOCK : undefined
  return {
    credentials: {...(key && {privateKey: key.text}), ...(password && {password}), ...(agent && {agent})},
    words: [
      ...(key ? [`the key ${key.file}`] : []),
      ...(password ? ['the password'] : []),
      ...(agent ? ['the agent'] : []),
    ],
  }
}

async function namedKey(target: Target, name: string): Promise<Key> {
  const file = name.replace(/^~(?=\/)/, homedir())
  const text = await readKey(target, file)
  if (!/PRIVATE KEY|PuTTY-User-Key-File/.test(text)) throw unusable(target, file, 'there is no private key in it')
  if (!isEncrypted(text)) return {file, text}
  throw new UnreachableError(
    target.host,
    `cannot use the private key ${file}: it has a passphrase`,
    `load it into ssh-agent (ssh-add ${file}) and leave out ansible_ssh_private_key_file`,
  )
}

async function readKey(target: Target, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw unusable(target, file, reasons[code] ?? String(error))
  }
}

const reasons: {readonly [code: string]: string} = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read',
  EISDIR: 'it is a folder',
}

function unusable(target: Target, file: string, reason: string): UnreachableError {
  const hint = 'set ansible_ssh_private_key_file to a private key that you can read'
  return new UnreachableError(target.host, `cannot use the private key ${file}: ${reason}`, hint)
}

/** Keys with a passphrase are passed over: the agent has them, or nobody. */
async function firstUsualKey(): Promise<Key | undefined> {
  for (const name of ['id_ed25519', 'id_ecdsa', 'id_rsa']) {
    const file = join(homedir(), '.ssh', name)
    const text = (await readable(file)) ? await readFile(file, 'utf8') : undefined
    if (text !== undefined && !isEncrypted(text)) return {file, text}
  }
  return undefined
}

/** OpenSSH's format names the cipher in its first bytes; the older ones say it in words. */
function isEncrypted(text: string): boolean {
  const body = /BEGIN OPENSSH PRIVATE KEY-+([^-]*)-/.exec(text)?.[1]
  if (body === undefined) return /ENCRYPTED|^Encryption: (?!none)/m.test(text)
  return !Buffer.from(body, 'base64').subarray(15, 23).equals(Buffer.from('\0\0\0\x04none'))
}

async function readable(file: string): Promise<boolean> {
  try {
    await access(file)
    return true
  } catch {
    return false
  }
}
