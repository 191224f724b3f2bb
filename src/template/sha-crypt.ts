import {createHash, randomInt} from 'node:crypto'

/** How a password is hashed: with which salt, how many rounds. */
export type CryptOptions = {
  readonly salt?: string | undefined
  /** Letters of a salt that is drawn; 16 without it. */
  readonly saltSize?: number | undefined
  /** 5000 without it. */
  readonly rounds?: number | undefined
}

const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** The two hashes of crypt(3) that Linux uses for passwords; how the bytes are mixed is that of Ulrich Drepper's specification. */
const kinds = {
  sha256: {id: 5, bytes: 32, last: [31, 30]},
  sha512: {id: 6, bytes: 64, last: [63]},
} as const

/** Whether a word is the name of such a hash. */
export function isCryptKind(word: string): word is keyof typeof kinds {
  return Object.hasOwn(kinds, word)
}

/** Hashes a password as /etc/shadow has it: `$6$salt$…` (sha512) or `$5$salt$…` (sha256). Throws when the salt cannot be one. */
export function shaCrypt(password: string, kind: keyof typeof kinds, options: CryptOptions = {}): string {
  const {salt = drawnSalt(options.saltSize ?? 16), rounds = 5000} = options
  if (!/^[./A-Za-z0-9]{1,16}$/.test(salt)) throw new Error('a salt has 1 to 16 letters, digits, dots and slashes')
  if (!Number.isInteger(rounds) || rounds < 1000 || rounds > 999_999_999)
    throw new Error('rounds must be a whole number from 1000 to 999999999')
  const digest = mixed(Buffer.from(password), Buffer.from(salt), kind, rounds)
  const said = options.rounds === undefined ? '' : `rounds=${rounds}$`
  return `$${kinds[kind].id}$${said}${salt}$${encoded(digest, kind)}`
}

function drawnSalt(size: number): string {
  return Array.from({length: size}, () => alphabet[randomInt(alphabet.length)]).join('')
}

function mixed(key: Buffer, salt: Buffer, kind: keyof typeof kinds, rounds: number): Buffer {
  const hash = (...parts: readonly Uint8Array[]) =>
    parts.reduce((sum, part) => sum.update(part), createHash(kind)).digest()
  const other = hash(key, salt, key)
  const first = hash(key, salt, filled(other, key.length), ...bitsOf(key.length).map(bit => (bit ? other : key)))
  const keys = filled(hash(...Array.from({length: key.length}, () => key)), key.length)
  const salts = filled(hash(...Array.from({length: 16 + (first[0] ?? 0)}, () => salt)), salt.length)
  let digest = first
  for (let round = 0; round < rounds; round++) {
    const odd = round % 2 === 1
    const between = [...(round % 3 ? [salts] : []), ...(round % 7 ? [keys] : [])]
    digest = hash(odd ? keys : digest, ...between, odd ? digest : keys)
  }
  return digest
}

/** The bytes over and over, up to a length. */
function filled(bytes: Buffer, length: number): Buffer {
  return Buffer.alloc(length, length === 0 ? undefined : bytes)
}

/** The bits of a number, the lowest first. */
function bitsOf(number: number): readonly boolean[] {
  return number === 0 ? [] : [...number.toString(2)].toReversed().map(bit => bit === '1')
}

/** Three bytes make four letters; which three stand together is a rule of the format. */
function encoded(digest: Buffer, kind: keyof typeof kinds): string {
  const third = Math.floor(kinds[kind].bytes / 3)
  const groups = Array.from({length: third}, (_, group) => {
    const places = [group, group + third, group + 2 * third]
    const turn = kind === 'sha512' ? group % 3 : (3 - (group % 3)) % 3
    return [...places.slice(turn), ...places.slice(0, turn)]
  })
  const bytes = (places: readonly number[]) => places.reduce((sum, place) => sum * 256 + (digest[place] ?? 0), 0)
  const letters = (value: number, count: number) =>
    Array.from({length: count}, (_, at) => alphabet[Math.floor(value / 64 ** at) % 64]).join('')
  const {last} = kinds[kind]
  return groups.map(group => letters(bytes(group), 4)).join('') + letters(bytes(last), last.length + 1)
}
