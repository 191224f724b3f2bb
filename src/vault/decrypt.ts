import {createDecipheriv, createHmac, pbkdf2Sync, timingSafeEqual} from 'node:crypto'

/** What a text of ansible-vault is: its label (format 1.2), salt, HMAC and what is encrypted. */
export type VaultText = {
  readonly label: string | undefined
  readonly salt: Buffer
  readonly hmac: Buffer
  readonly encrypted: Buffer
}

/** Whether text was written by ansible-vault. */
export function isVaultText(text: string): boolean {
  return text.trimStart().startsWith('$ANSIBLE_VAULT;')
}

/** Reads the formats 1.1 and 1.2. Throws Error with what is wrong. */
export function readVaultText(text: string): VaultText {
  const [header = '', ...lines] = text.trim().split(/\r?\n/)
  const [, version, cipher, label] = header.trim().split(';')
  if (version !== '1.1' && version !== '1.2') throw new Error(`format ${version} of ansible-vault is not known`)
  if (cipher !== 'AES256') throw new Error(`the cipher ${cipher} is not known`)
  const [salt, hmac, encrypted] = fromHex(lines.map(line => line.trim()).join(''))
    .toString('latin1')
    .split('\n')
    .map(fromHex)
  if (!salt?.length || !hmac?.length || !encrypted?.length) throw new Error('a part is missing')
  return {label, salt, hmac, encrypted}
}

/** Decrypts by a password; undefined when it is not the right one. PBKDF2 with SHA-256, AES-256-CTR, HMAC with SHA-256. */
export function decrypt({salt, hmac, encrypted}: VaultText, password: string): string | undefined {
  const keys = pbkdf2Sync(password, salt, 10_000, 80, 'sha256')
  const found = createHmac('sha256', keys.subarray(32, 64)).update(encrypted).digest()
  if (found.length !== hmac.length || !timingSafeEqual(found, hmac)) return undefined
  const decipher = createDecipheriv('aes-256-ctr', keys.subarray(0, 32), keys.subarray(64, 80))
  const padded = Buffer.concat([decipher.update(encrypted), decipher.final()])
  return padded.subarray(0, padded.length - (padded.at(-1) ?? 0)).toString('utf8')
}

function fromHex(text: string): Buffer {
  if (!/^(?:[0-9a-f]{2})+$/i.test(text)) throw new Error('what is encrypted is damaged')
  return Buffer.from(text, 'hex')
}
