import {expect, it} from 'vitest'
import {didYouMean, nearest} from '../src/nearest.ts'

it.each([
  ['regster', ['register', 'rescue'], 'register'],
  ['enviroment', ['environment'], 'environment'],
  ['cpoy', ['copy', 'apt'], 'copy'],
  ['Name', ['name'], 'name'],
  ['xyz', ['copy', 'apt'], undefined],
  ['ab', ['cd'], undefined],
  ['same', ['same'], undefined],
])('the nearest to %s in %j is %s', (word, candidates, expected) => {
  expect(nearest(word, candidates)).toBe(expected)
})

it('writes the hint', () => {
  expect(didYouMean('wehn', ['when'])).toBe('Did you mean "when"?')
  expect(didYouMean('quite different', ['when'])).toBe(undefined)
})
