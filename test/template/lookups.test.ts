import {mkdtempSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {beforeEach, expect, it} from 'vitest'
import {evaluate} from '../../src/template/template.ts'
import {Variables} from '../../src/template/variables.ts'

let folder = ''
let secrets: string[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lookups-'))
  secrets = []
})

function look(expression: string): unknown {
  const lookups = {folder, environment: {HOME: '/home/ann'}, secret: (value: string) => secrets.push(value)}
  return evaluate(expression, new Variables([{file: 'secrets/db'}], {lookups}))
}

it('env reads the environment; what is not set is empty', () => {
  expect(look('lookup("env", "HOME")')).toBe('/home/ann')
  expect(look('lookup("env", "NOTHING")')).toBe('')
})

it('file reads a file relative to the folder, without its last newline', () => {
  writeFileSync(join(folder, 'motd'), 'hello\n')
  expect(look('lookup("ansible.builtin.file", "motd")')).toBe('hello')
  expect(() => look('lookup("file", "nothing")')).toThrow(`lookup: there is no file ${join(folder, 'nothing')}`)
})

it('password makes a file that only its owner can read, once', () => {
  const first = look('lookup("password", file ~ " length=32 chars=ascii_letters,digits")')
  const file = join(folder, 'secrets', 'db')
  expect(first).toMatch(/^[A-Za-z][A-Za-z0-9]{31}$/)
  expect(readFileSync(file, 'utf8')).toBe(`${first}\n`)
  expect((statSync(file).mode & 0o777).toString(8)).toBe('600')
  expect((statSync(join(folder, 'secrets')).mode & 0o777).toString(8)).toBe('700')
  expect(look('lookup("password", "secrets/db length=8")')).toBe(first)
  expect(new Set(secrets)).toEqual(new Set([first]))
})

it('password takes the letters that it is told, a comma too', () => {
  expect(look('lookup("password", "a length=200 chars=xy,,,5")')).toMatch(/^[xy][xy5,]{199}$/)
  expect(look('lookup("password", "b length=6 chars=digits")')).toMatch(/^\d{6}$/)
})

it('password has something of each kind that it is told, where there is room', () => {
  for (let round = 0; round < 300; round++) {
    const value = look('lookup("password", "/dev/null length=5 chars=ascii_uppercase,ascii_lowercase,digits,-_")')
    expect(value).toMatch(/(?=.*[A-Z])(?=.*[a-z])(?=.*\d)(?=.*[-_])^[A-Za-z].{4}$/)
  }
})

it('password keeps nothing in /dev/null', () => {
  expect(look('lookup("password", "/dev/null length=5")')).toMatch(/^.{5}$/)
})

it.each([
  ['lookup("pasword", "x")', 'there is no lookup "pasword"'],
  ['lookup("password", "x lenght=3")', 'password: there is no option "lenght"'],
  ['lookup("password", "x length=-1")', 'password: length must be a whole number above 0, not "-1"'],
])('%s is refused', (expression, message) => {
  expect(() => look(expression)).toThrow(message)
})
