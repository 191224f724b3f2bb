import {execFileSync} from 'node:child_process'
import {expect, it} from 'vitest'
import {shaCrypt} from '../../src/template/sha-crypt.ts'

const passwords = ['x', 'secret', 'ä pässword that is longer than the bytes of a hash '.repeat(4)]
const salts = ['a', 'mysalt', './0123456789abcd']

it.each([
  ['sha512', '-6'],
  ['sha256', '-5'],
] as const)('%s makes what openssl makes', (kind, flag) => {
  for (const salt of salts) {
    for (const password of passwords) {
      const theirs = execFileSync('openssl', ['passwd', flag, '-salt', salt, '-stdin'], {input: `${password}\n`})
      expect(shaCrypt(password, kind, {salt})).toBe(theirs.toString().trim())
    }
  }
})

it('takes rounds, and says them', () => {
  // From the specification of the format.
  expect(shaCrypt('Hello world!', 'sha512', {salt: 'saltstringsaltst', rounds: 10000})).toBe(
    '$6$rounds=10000$saltstringsaltst$OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCVNSnCM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/y3RnOaw5v.',
  )
})

it('draws a salt where none is given', () => {
  expect(shaCrypt('x', 'sha512')).toMatch(/^\$6\$[./\w]{16}\$[./\w]{86}$/)
  expect(shaCrypt('x', 'sha512', {saltSize: 8})).toMatch(/^\$6\$[./\w]{8}\$/)
  expect(shaCrypt('x', 'sha512')).not.toBe(shaCrypt('x', 'sha512'))
})

it('refuses what cannot be a salt, and too few rounds', () => {
  expect(() => shaCrypt('x', 'sha512', {salt: 'a$b'})).toThrow('a salt has 1 to 16 letters, digits, dots and slashes')
  expect(() => shaCrypt('x', 'sha512', {rounds: 10})).toThrow('rounds must be a whole number from 1000 to 999999999')
})
