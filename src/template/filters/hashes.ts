import {createHash} from 'node:crypto'
import {number, text} from '../arguments.ts'
import {type Filters, filter} from '../filter.ts'
import {type CryptOptions, isCryptKind, shaCrypt} from '../sha-crypt.ts'

/** Filters that encode and digest. */
export const hashes: Filters = {
  b64encode: filter(['encoding'], value => Buffer.from(text(value, 'b64encode')).toString('base64')),
  b64decode: filter(['encoding'], value => Buffer.from(text(value, 'b64decode'), 'base64').toString('utf8')),
  hash: filter(['hashtype'], (value, type = 'sha1') => digest(text(value, 'hash'), text(type, 'hash'))),
  password_hash: filter(['hashtype', 'salt', 'salt_size', 'rounds', 'ident'], (value, type, salt, size, rounds) =>
    passwordHash(text(value, 'password_hash'), text(type ?? 'sha512', 'password_hash'), {
      ...(salt !== undefined && {salt: text(salt, 'password_hash')}),
      ...(size !== undefined && {saltSize: number(size, 'password_hash')}),
      ...(rounds !== undefined && {rounds: number(rounds, 'password_hash')}),
    }),
  ),
  checksum: filter([], value => digest(text(value, 'checksum'), 'sha1')),
  sha1: filter([], value => digest(text(value, 'sha1'), 'sha1')),
  md5: filter([], value => digest(text(value, 'md5'), 'md5')),
}

const types = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha3_256', 'sha3_512', 'blake2b', 'blake2s']

const opensslNames: {readonly [type: string]: string} = {blake2b: 'blake2b512', blake2s: 'blake2s256'}

function digest(value: string, type: string): string {
  if (!types.includes(type)) throw new Error(`hash: "${type}" is none of ${types.join(', ')}`)
  return createHash(opensslNames[type] ?? type.replace('_', '-'))
    .update(value)
    .digest('hex')
}

function passwordHash(password: string, type: string, options: CryptOptions): string {
  const kind = type.replace(/_crypt$/, '')
  if (isCryptKind(kind)) return shaCrypt(password, kind, options)
  throw new Error(`password_hash: "${type}" is not supported: use sha512 or sha256`)
}
