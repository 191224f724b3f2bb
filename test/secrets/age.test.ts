import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {newIdentity, recipientOf, seal, sealingOf, unseal} from '../../src/secrets/age.ts'
import {folder, has, tool} from './tools.ts'

const text = 'values:\n  chat1: {word: grün}\n'

test('who has an identity of one of the recipients can open it, and nobody else', async () => {
  const [ann, bob, eve] = [await newIdentity(), await newIdentity(), await newIdentity()]
  const sealed = await seal(text, {recipients: [await recipientOf(ann), await recipientOf(bob)]})
  expect(await unseal(sealed, {identities: [ann]})).toEqual({text})
  expect(await unseal(sealed, {identities: [eve, bob]})).toEqual({text})
  expect(await unseal(sealed, {identities: [eve]})).toEqual({why: 'wrong key'})
  expect(sealingOf(sealed)).toEqual({passphrase: false, recipients: 2})
})

test('what is damaged is not opened', async () => {
  const identity = await newIdentity()
  const sealed = await seal(text, {recipients: [await recipientOf(identity)]})
  const lines = sealed.split('\n')
  const swapped = [...lines.slice(0, 2), lines[3], lines[2], ...lines.slice(4)].join('\n')
  for (const damaged of ['', 'hello', sealed.slice(0, 200), swapped])
    expect(await unseal(damaged, {identities: [identity]})).toEqual({why: 'damaged'})
})

describe.skipIf(!has('age'))('the program age', () => {
  const place = folder()

  test('opens what is sealed here', async () => {
    await tool('age-keygen', ['-o', join(place, 'key.txt')])
    const recipient = (await tool('age-keygen', ['-y', join(place, 'key.txt')])).trim()
    writeFileSync(join(place, 'ours.age'), await seal(text, {recipients: [recipient]}))
    expect(await tool('age', ['-d', '-i', join(place, 'key.txt'), join(place, 'ours.age')])).toBe(text)
  })

  test('seals what is opened here', async () => {
    const identity = await newIdentity()
    const sealed = await tool('age', ['-a', '-r', await recipientOf(identity)], text)
    expect(await unseal(sealed, {identities: [identity]})).toEqual({text})
    const keys = readFileSync(join(place, 'key.txt'), 'utf8')
    expect(keys.match(/^AGE-SECRET-KEY-1\w+$/m)?.[0]).not.toBe(identity)
  })
})
