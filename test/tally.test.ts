import {expect, test} from 'vitest'
import {tally} from './tally.js'

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map(one => ({status: one})),
})

test('tests that passed and failed are counted as they are', () => {
  const report = {numPassedTests: 2, numFailedTests: 1, testResults: [file('failed', 'passed', 'failed', 'passed')]}
  expect(tally(report, 1)).toEqual({passed: 2, failed: 1})
})

test('a file that cannot be loaded and a hook that fails are one failure each', () => {
  const results = [file('failed'), file('failed', 'skipped', 'skipped'), file('passed', 'passed')]
  expect(tally({numPassedTests: 1, numFailedTests: 0, testResults: results}, 1)).toEqual({passed: 1, failed: 2})
})

test('a crash without a report is one failure', () => {
  expect(tally(undefined, 0)).toEqual({passed: 0, failed: 1})
})

test('a run without any test is one failure', () => {
  expect(tally({numPassedTests: 0, numFailedTests: 0, testResults: []}, 0)).toEqual({passed: 0, failed: 1})
})

test('an error after all tests passed is one failure', () => {
  const report = {numPassedTests: 1, numFailedTests: 0, testResults: [file('passed', 'passed')]}
  expect(tally(report, 1)).toEqual({passed: 1, failed: 1})
})
