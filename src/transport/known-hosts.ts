import {createHash, createHmac} from 'node:crypto'

/** One line of a known_hosts file. Format: sshd(8), SSH_KNOWN_HOSTS FILE FORMAT. */
export type KnownHost = {
  readonly marker: '@revoked' | '@cert-authority' | undefined
  readonly patterns: string
  readonly type: string
  /** Base64 of the public key's wire form. */
  readonly key: string
  readonly line: number
}

/** What known_hosts says of a key that a host showed. */
export type Verdict = 'known' | 'unknown' | 'changed' | 'revoked'

/** Reads the lines of a known_hosts file; comments and lines that make no sense are passed over, as OpenSSH does. */
export function parseKnownHosts(text: string): readonly KnownHost[] {
  return text.split('\n').flatMap((content, index) => {
    const words = content.trim().split(/\s+/)
    const marker = words[0] === '@revoked' || words[0] === '@cert-authority' ? words[0] : undefined
    const [patterns, type, key] = marker ? words.slice(1) : words
    if (!patterns || patterns.startsWith('#') || !type || !key) return []
    return [{marker, patterns, type, key, line: index + 1}]
  })
}

/** Judges the key (its wire form) that a host showed. */
export function judge(known: readonly KnownHost[], host: string, port: number, key: Buffer): Verdict {
  const shown = key.toString('base64')
  const entries = known.filter(entry => matches(entry.patterns, host, port))
  if (known.some(entry => entry.marker === '@revoked' && entry.key === shown)) return 'revoked'
  const plain = entries.filter(entry => entry.marker === undefined)
  if (plain.some(entry => entry.key === shown)) return 'known'
  return plain.length > 0 ? 'changed' : 'unknown'
}

/** The key types that known_hosts has for a host, so that the host is asked for one of those first. */
export function knownTypes(known: readonly KnownHost[], host: string, port: number): readonly string[] {
  return [
    ...new Set(known.filter(entry => !entry.marker && matches(entry.patterns, host, port)).map(entry => entry.type)),
  ]
}

/** The fingerprint as OpenSSH prints it: SHA256:… */
export function fingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`
}

/** The type that a key's wire form names, such as ssh-ed25519. */
export function keyType(key: Buffer): string {
  return key.subarray(4, 4 + key.readUInt32BE(0)).toString('latin1')
}

/** A line for known_hosts. */
export function knownHostLine(host: string, port: number, key: Buffer): string {
  return `${hostWord(host, port)} ${keyType(key)} ${key.toString('base64')}`
}

/** A host as known_hosts writes it: with its port in brackets unless that is 22. */
export function hostWord(host: string, port: number): string {
  return port === 22 ? host : `[${host}]:${port}`
}

function matches(patterns: string, host: string, port: number): boolean {
  const word = hostWord(host.toLowerCase(), port)
  if (patterns.startsWith('|1|')) return matchesHash(patterns, word)
  const list = patterns.split(',')
  if (list.some(pattern => pattern.startsWith('!') && glob(pattern.slice(1), word))) return false
  return list.some(pattern => glob(pattern, word))
}

function matchesHash(pattern: string, word: string): boolean {
  const [, , salt = '', hash = ''] = pattern.split('|')
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(word).digest('base64') === hash
}

function glob(pattern: string, word: string): boolean {
  const expression = pattern
    .toLowerCase()
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${expression}$`).test(word)
}
