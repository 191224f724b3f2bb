import {mkdtempSync, statSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {readPlan} from '../../src/plan/plan-file.ts'
import {keyFile, makeDigest} from '../../src/plan/plan-key.ts'

const folder = mkdtempSync(join(tmpdir(), 'plan-file-'))

function refusal(text: string): string {
  const file = join(folder, 'plan.json')
  writeFileSync(file, text)
  try {
    readPlan(file)
  } catch (error) {
    return String(error).replaceAll(folder, 'FOLDER')
  }
  return 'taken'
}

describe('what is no plan', () => {
  test('is refused with what is wrong with it', () => {
    const texts = ['{', '[]', '{"version": 9, "seal": ""}', '{"version": 1, "seal": ""}', '{"version": 1}']
    expect(texts.map(refusal)).toEqual([
      'UsageError: FOLDER/plan.json is not a plan: it is no JSON',
      'UsageError: FOLDER/plan.json is not a plan: it has no version or no seal',
      'UsageError: FOLDER/plan.json is a plan of version 9; this provision takes version 1',
      'UsageError: FOLDER/plan.json is not a plan: tool: Invalid input: expected string, received undefined',
      'UsageError: FOLDER/plan.json is not a plan: it has no version or no seal',
    ])
  })
})

describe('the key of plans', () => {
  const file = join(folder, 'state', 'plan.key')

  test('is made once, for its owner alone, and gives each text a digest of its own', () => {
    const digest = makeDigest(file, {create: true})
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(digest('one')).toBe(makeDigest(file, {create: true})('one'))
    expect(digest('one')).not.toBe(digest('two'))
    expect(digest('one')).not.toBe(makeDigest(join(folder, 'other', 'plan.key'), {create: true})('one'))
  })

  test('that is none is refused', () => {
    writeFileSync(file, 'short\n')
    expect(() => makeDigest(file, {create: true})).toThrow(`${file} is not a key of plans`)
  })

  test('lies where the environment says', () => {
    expect(keyFile({HOME: '/home/me'})).toBe('/home/me/.local/state/provision/plan.key')
    expect(keyFile({HOME: '/home/me', XDG_STATE_HOME: '/state'})).toBe('/state/provision/plan.key')
    expect(keyFile({HOME: '/home/me', PROVISION_PLAN_KEY: '/keys/plan'})).toBe('/keys/plan')
  })
})
