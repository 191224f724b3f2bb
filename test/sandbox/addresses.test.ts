import {expect, test} from 'vitest'
import {UsageError} from '../../src/errors.ts'
import {freeAddress} from '../../src/sandbox/addresses.ts'

const all = Array.from({length: 240}, (_, index) => `198.18.0.${index + 11}`)

test('the first host gets the first address', () => {
  expect(freeAddress([])).toBe('198.18.0.11')
})

test('the address of a host that was removed is used again', () => {
  expect(freeAddress(['198.18.0.11', '198.18.0.13'])).toBe('198.18.0.12')
})

test('the last address is given, and then no other', () => {
  expect(freeAddress(all.slice(0, -1))).toBe('198.18.0.250')
  expect(() => freeAddress(all)).toThrow(UsageError)
})
