import {expect, it} from 'vitest'
import {compile, expand, pythonRegexp} from '../../src/modules/python-regexp.ts'

it('reads the flags, groups and anchors of Python', () => {
  expect(compile('(?i)^PORT').test('port 22')).toBe(true)
  expect(compile('(?P<a>x)(?P=a)').test('xx')).toBe(true)
  expect(compile('b\\Z', 'm').test('b\nc')).toBe(false)
})

it('puts groups into a replacement', () => {
  const match = compile('(?P<key>\\w+)=(\\d)').exec('a=1')
  expect(match && expand('\\g<key>: \\2\\n\\\\', match)).toBe('a: 1\n\\')
})

it('refuses what is not a regular expression', () => expect(pythonRegexp.safeParse('(').success).toBe(false))
