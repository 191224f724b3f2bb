import {execFileSync} from 'node:child_process'
import {describe, expect, test} from 'vitest'
import {allOf, lines, quote, raw, type Shell, sh, writtenByUser} from '../../src/shell/shell.ts'

function run(script: Shell): string {
  return execFileSync('sh', [], {input: script, encoding: 'utf8'})
}

const awkward = [
  '',
  ' ',
  "it's",
  '$HOME',
  '`id`',
  '"',
  '\\',
  'a\nb',
  '*',
  '~',
  '-n',
  '!',
  'é',
  "'''",
  '$(id)',
  '#',
  '=x',
  'a;b',
]

describe('a word in a sh`` template', () => {
  test.each(awkward)('%j comes through a real sh as it is', word => {
    expect(run(sh`printf '[%s]' ${word}`)).toBe(`[${word}]`)
    expect(run(sh`printf '[%s]' ${[word, word]}`)).toBe(`[${word}][${word}]`)
  })

  test('is quoted even if it is shell itself, unless it is put in raw', () => {
    const inner = sh`echo ${'a  b'}`
    expect(run(sh`sh -c ${inner}`)).toBe('a  b\n')
    expect(run(sh`${raw(inner)}`)).toBe('a  b\n')
  })

  test('that needs no quotes has none, so that errors can be read', () => {
    expect(quote('/etc/nginx/nginx.conf')).toBe('/etc/nginx/nginx.conf')
    expect(sh`chmod ${'0644'} ${['/a', '/b c']} ${3}`).toBe("chmod 0644 /a '/b c' 3")
  })
})

describe('commands in a row', () => {
  test('go on after a failure with lines, and stop at it with allOf', () => {
    expect(run(lines(sh`echo 1`, sh`false`, sh`echo 2`))).toBe('1\n2\n')
    expect(run(sh`${raw(allOf(sh`echo 1`, sh`false`, sh`echo 2`))}; echo $?`)).toBe('1\n1\n')
    expect(run(allOf(writtenByUser('echo a # comment'), sh`echo b`))).toBe('a\nb\n')
  })
})
