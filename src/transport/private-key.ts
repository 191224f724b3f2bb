import {readFile} from 'node:fs/promises'
import {fromHome} from '../home-folder.ts'

/** A key file: its text, whether it wants a passphrase, and its public half's wire form where that can be read without one. */
export type KeyFile = {
  readonly file: string
  readonly text: string
  readonly isPrivate: boolean
  readonly isEncrypted: boolean
  readonly publicKey: Buffer | undefined
}

/** Reads a key file; the public half may lie beside it. Throws what reading the file throws. */
export async function readKeyFile(name: string): Promise<KeyFile> {
  const file = fromHome(name)
  const text = await readFile(file, 'utf8')
  const isPrivate = /PRIVATE KEY|PuTTY-User-Key-File/.test(text)
  const publicText = isPrivate ? await readFile(`${file}.pub`, 'utf8').catch(() => '') : text
  const body = openSshBody(text)
  const publicKey = body ? publicHalf(body) : publicLine(publicText)
  return {file, text, isPrivate, isEncrypted: isEncrypted(text, body), publicKey}
}

function openSshBody(text: string): Buffer | undefined {
  const body = /BEGIN OPENSSH PRIVATE KEY-+([^-]*)-/.exec(text)?.[1]
  return body === undefined ? undefined : Buffer.from(body, 'base64')
}

/** OpenSSH's format names the cipher in its first bytes; the older ones say it in words. */
function isEncrypted(text: string, body: Buffer | undefined): boolean {
  if (body === undefined) return /ENCRYPTED|^Encryption: (?!none)/m.test(text)
  return !body.subarray(15, 23).equals(Buffer.from('\0\0\0\x04none'))
}

/** After the format's name come cipher, key derivation and its options, how many keys, and the public half, which is never encrypted. */
function publicHalf(body: Buffer): Buffer | undefined {
  let at = 15
  const take = () => {
    const end = at + 4 + (at + 4 <= body.length ? body.readUInt32BE(at) : 0)
    const part = body.subarray(at + 4, end)
    at = end
    return part
  }
  for (let skipped = 0; skipped < 3; skipped++) take()
  at += 4
  const found = take()
  return found.length > 0 ? found : undefined
}

function publicLine(text: string): Buffer | undefined {
  const key = /^\S+ (AAAA[A-Za-z0-9+/=]+)/.exec(text)?.[1]
  return key === undefined ? undefined : Buffer.from(key, 'base64')
}
