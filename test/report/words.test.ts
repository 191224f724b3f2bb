import {expect, test} from 'vitest'
import {duration, elapsed} from '../../src/report/words.ts'

test.each([
  [0, '0 ms'],
  [849.6, '850 ms'],
  [999.4, '999 ms'],
  [999.6, '1.0 s'],
  [1234, '1.2 s'],
  [9960, '10 s'],
  [59_400, '59 s'],
  [59_600, '1 min 0 s'],
  [123_400, '2 min 3 s'],
  [3_599_600, '1 h 0 min'],
  [3_900_000, '1 h 5 min'],
])('%d milliseconds are %s', (ms, text) => {
  expect(duration(ms)).toBe(text)
})

test('a running clock counts whole seconds that have passed', () => {
  expect([0, 999, 59_999, 60_000, 119_999].map(elapsed)).toEqual(['0 s', '0 s', '59 s', '1 min 0 s', '1 min 59 s'])
})
