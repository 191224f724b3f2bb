import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {decrypt, isVaultText, readVaultText} from '../../src/vault/decrypt.ts'
import {folder, has, tool} from '../secrets/tools.ts'

describe.skipIf(!has('ansible-vault'))('ansible-vault', () => {
  const place = folder()
  const password = join(place, 'password')
  writeFileSync(password, 'open sesame\n')

  test.each(['a', 'grün', 'sixteen letters.', 'many lines\n'.repeat(20)])(
    'encrypts what is read here: %j',
    async text => {
      const file = join(place, 'plain')
      writeFileSync(file, text)
      const encrypted = await tool('ansible-vault', [
        'encrypt',
        '--vault-password-file',
        password,
        '--output',
        '-',
        file,
      ])
      const read = readVaultText(encrypted)
      expect(isVaultText(encrypted)).toBe(true)
      expect(read.label).toBeUndefined()
      expect(decrypt(read, 'open sesame')).toBe(text)
      expect(decrypt(read, 'open barley')).toBeUndefined()
    },
  )

  test('says for which label, in the format 1.2', async () => {
    const file = join(place, 'plain')
    writeFileSync(file, 'word')
    const words = ['encrypt', '--vault-id', `prod@${password}`, '--encrypt-vault-id', 'prod', '--output', '-', file]
    const read = readVaultText(await tool('ansible-vault', words))
    expect([read.label, decrypt(read, 'open sesame')]).toEqual(['prod', 'word'])
  })
})

test.each(['1.0;AES\n00', '1.1;AES\n00', '1.1;AES256\nxyz', '1.1;AES256\n3030'])('is refused: %j', text => {
  expect(() => readVaultText(`$ANSIBLE_VAULT;${text}`)).toThrow(/is not known|is damaged|is missing/)
})
