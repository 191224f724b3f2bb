import {expect, test} from 'vitest'
import {Mask} from '../../src/secrets/mask.ts'

/** The text with the secrets hidden. */
function masked(text: string, ...secrets: readonly string[]): string {
  const mask = new Mask()
  for (const secret of secrets) mask.add(secret)
  return mask.apply(text)
}

test('a secret is hidden wherever it stands', () => {
  expect(masked('a=hunter22 b=hunter22,hunter22hunter22', 'hunter22')).toBe('a=[secret] b=[secret],[secret][secret]')
})

test('a value shorter than four characters is left alone', () => {
  expect(masked('abc abcd', 'abc', '')).toBe('abc abcd')
})

test('the longest goes first, and secrets that overlap become one', () => {
  expect(masked('password1234', 'password', 'password1234')).toBe('[secret]')
  expect(masked('x abcdefghi y', 'abcdef', 'defghi')).toBe('x [secret] y')
  expect(masked('aaaaaa', 'aaaa')).toBe('[secret]')
})

test('what is masked already stays as it is, even when the word itself is a secret', () => {
  expect(masked('a secret and a [secret]', 'secret')).toBe('a [secret] and a [secret]')
})

test('a secret that runs into a masked place is hidden with it', () => {
  expect(masked('a [secret] and more', 'cret] and')).toBe('a [secret] more')
})

test.each([
  ['base64', (value: string) => Buffer.from(value).toString('base64')],
  ['base64 for addresses', (value: string) => Buffer.from(value).toString('base64url')],
  ['URL', encodeURIComponent],
  ['URL with small letters', (value: string) => encodeURIComponent(value).replace(/%../g, code => code.toLowerCase())],
  ['form', (value: string) => new URLSearchParams({p: value}).toString().slice(2)],
  ['JSON', (value: string) => JSON.stringify(value).slice(1, -1)],
  [
    'JSON of Rails',
    (value: string) => JSON.stringify(value).slice(1, -1).replace('<', '\\u003c').replace('&', '\\u0026'),
  ],
  ['single quotes of a shell', (value: string) => value.replaceAll("'", `'\\''`)],
  ['double quotes of a shell', (value: string) => value.replace(/["$`\\]/g, '\\$&')],
  ['compose', (value: string) => value.replaceAll('$', '$$$$')],
])('the form that a secret takes in %s is hidden too', (_, form) => {
  const value = `pa+s/s "w'o<r&d\\ $1 ü~~~`
  expect(form(value)).not.toBe(value)
  expect(masked(`before ${form(value)} after`, value)).toBe('before [secret] after')
})

test('what is a secret’s own within a longer base64 text is hidden', () => {
  for (const user of ['a', 'ab', 'abc']) {
    const header = Buffer.from(`${user}:hunter22-hunter22`).toString('base64')
    const own = Buffer.from('hunter22-hunter22')
    const shown = masked(header, 'hunter22-hunter22').replace('[secret]', '')
    expect(shown.length).toBeLessThan(header.length - Math.floor((own.length * 8) / 6) + 3)
  }
})

test('a secret of several lines is hidden as a whole and line by line, its armor is not', () => {
  const key = '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2Vw\nBCIEIEexample\n-----END PRIVATE KEY-----\n'
  expect(masked(`key:\n${key}end`, key)).toBe('key:\n[secret]end')
  expect(masked('+ MC4CAQAwBQYDK2Vw\r\n+ BCIEIEexample', key)).toBe('+ [secret]\r\n+ [secret]')
  expect(masked('-----BEGIN PRIVATE KEY-----', key)).toBe('-----BEGIN PRIVATE KEY-----')
})

test('a line end that a secret came with does not reveal it', () => {
  expect(masked('token=hunter22;', 'hunter22\n')).toBe('token=[secret];')
})

test('a short secret that is declared is hidden where it stands alone', () => {
  const mask = new Mask()
  for (const secret of ['a1', 'b', '7$x', '']) mask.addDeclared(secret)
  expect(mask.apply('pin=a1 "a1" ba1a b: [b] abc 7$x YTE= a1')).toBe(
    'pin=[secret] "[secret]" ba1a [secret]: [[secret]] abc [secret] [secret] [secret]',
  )
})

test('a secret is hidden as JSON in JSON, in HTML, in hexadecimal letters, in SQL, and in lines of base64', () => {
  const secret = `q"<'&${'long-'.repeat(20)}`
  const forms = [
    JSON.stringify(JSON.stringify(secret)).slice(1, -1),
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
    Buffer.from(secret).toString('hex'),
    secret.replaceAll("'", "''"),
    (
      Buffer.from(secret)
        .toString('base64')
        .match(/.{1,76}/g) ?? []
    ).join('\n'),
  ]
  expect(
    forms.map(form => masked(`<${form}>`, secret)).map(text => text.replaceAll('[secret]\n[secret]', '[secret]')),
  ).toEqual(['<\\"[secret]\\">', '<[secret]>', '<[secret]>', '<[secret]>', '<[secret]>'])
})
