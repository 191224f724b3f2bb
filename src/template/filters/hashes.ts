import {createHash} from 'node:crypto'
import {text} from '../arguments.ts'
import {type Filters, filter} from '../filter.ts'

/** Filters that encode and digest. */
export const hashes: Filters = {
  b64encode: filter(['encoding'], value => Buffer.from(text(value, 'b64encode')).toString('base64')),
  b64decode: filter(['encoding'], value => Buffer.from(text(value, 'b64decode'), 'base64').toString('utf8')),
  hash: filter(['hashtype'], (value, type = 'sha1') => digest(text(value, 'hash'), text(type, 'hash'))),
  checksum: filter([], value => digest(text(value, 'checksum'), 'sha1')),
  sha1: filter([], value => digest(text(value, 'sha1'), 'sha1')),
  md5: filter([], value => digest(text(value, 'md5'), 'md5')),
}

const types = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512']

function digest(value: string, type: string): string {
  if (!types.includes(type)) throw new Error(`hash: "${type}" is none of ${types.join(', ')}`)
  return createHash(type).update(value).digest('hex')
}
