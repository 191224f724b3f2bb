import {readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {UsageError} from '../../src/errors.ts'
import {newIdentity, recipientOf, seal} from '../../src/secrets/age.ts'
import {withSecret} from '../../src/secrets/contents.ts'
import {Keyring} from '../../src/secrets/keyring.ts'
import {changeSealed, readSealed} from '../../src/secrets/sealed-file.ts'
import {folder} from './tools.ts'

/** A folder with what a keyring of its own says. */
function workplace(environment: {readonly [name: string]: string} = {}) {
  const place = folder()
  const said: string[] = []
  const identity = join(place, 'keys', 'identity.txt')
  const keyring = new Keyring({identity, environment, say: line => void said.push(line.replaceAll(place, 'FOLDER'))})
  return {place, said, identity, keyring, file: join(place, 'prod.secrets.age')}
}

const put = (file: string, keyring: Keyring, name: string, value: string) =>
  changeSealed(file, keyring, contents => ({...contents, values: withSecret(contents.values, 'web1', name, value)}))

/** What an error tells people. */
async function told(action: Promise<unknown>, place: string): Promise<string> {
  const error = await action.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof UsageError)) throw new Error(`no UsageError: ${String(error)}`)
  return [error.message, error.hint ?? ''].join('\n').replaceAll(place, 'FOLDER').trim()
}

describe('the first secret', () => {
  test('makes an identity that only its owner reads, and says that it is to be backed up', async () => {
    const {keyring, file, identity, said, place} = workplace()
    await put(file, keyring, 'word', 'sentinel')
    expect(statSync(identity).mode & 0o777).toBe(0o600)
    expect(statSync(join(place, 'keys')).mode & 0o777).toBe(0o700)
    expect(readFileSync(identity, 'utf8')).toMatch(/^# created: .*\n# public key: age1\w+\nAGE-SECRET-KEY-1\w+\n$/)
    expect(said).toEqual([
      'Made an identity: FOLDER/keys/identity.txt. It alone opens the secrets that are sealed from now on: back it up, and show it to nobody.',
    ])
  })

  test('is sealed in a file that only its owner reads, and nothing is left beside it', async () => {
    const {keyring, file, place} = workplace()
    await put(file, keyring, 'word', 'sentinel')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).not.toContain('sentinel')
    expect(readdirSync(place).toSorted()).toEqual(['keys', 'prod.secrets.age'])
    expect((await readSealed(file, keyring))?.values).toEqual({web1: {word: 'sentinel'}})
  })
})

test('changes at the same time do not lose one another', async () => {
  const {keyring, file} = workplace()
  const names = Array.from({length: 8}, (_, index) => `name${index}`)
  await Promise.all(names.map(name => put(file, keyring, name, name)))
  const contents = await readSealed(file, keyring)
  expect(Object.keys(contents?.values.web1 ?? {}).toSorted()).toEqual(names)
})

test('a change that fails leaves the file as it was', async () => {
  const {keyring, file, place} = workplace()
  await put(file, keyring, 'word', 'first')
  const before = readFileSync(file, 'utf8')
  await expect(changeSealed(file, keyring, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  const nobody = changeSealed(file, keyring, contents => ({...contents, recipients: ['age1nobody']}))
  expect(await told(nobody, place)).toMatch(/^the secrets cannot be sealed: /)
  expect(readFileSync(file, 'utf8')).toBe(before)
  expect(readdirSync(place).toSorted()).toEqual(['keys', 'prod.secrets.age'])
})

test('every recipient can still open it after somebody else has changed it', async () => {
  const {keyring, file} = workplace()
  const other = workplace()
  await put(other.file, other.keyring, 'own', 'x')
  const [recipient = ''] = await other.keyring.recipients(other.file)
  await put(file, keyring, 'word', 'first')
  await changeSealed(file, keyring, contents => ({...contents, recipients: [...contents.recipients, recipient]}))
  await put(file, other.keyring, 'word', 'second')
  expect((await readSealed(file, keyring))?.values).toEqual({web1: {word: 'second'}})
})

describe('is refused, and nothing is overwritten:', () => {
  test('another identity', async () => {
    const {keyring, file} = workplace()
    await put(file, keyring, 'word', 'first')
    const other = workplace()
    await put(other.file, other.keyring, 'word', 'x')
    const before = readFileSync(file, 'utf8')
    expect(
      (await told(put(file, other.keyring, 'word', 'y'), other.place)).replace(file, 'FILE'),
    ).toMatchInlineSnapshot(`
      "FILE is not sealed for the identity in FOLDER/keys/identity.txt
      Name the right one with --identity, or have somebody who can open it run: provision secrets rekey --add YOUR-RECIPIENT"
    `)
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  test('no identity', async () => {
    const {file, place, keyring} = workplace()
    writeFileSync(file, await seal('values: {}\n', {recipients: [await recipientOf(await newIdentity())]}))
    expect(await told(put(file, keyring, 'word', 'y'), place)).toMatchInlineSnapshot(`
      "FOLDER/prod.secrets.age is sealed, and there is no identity to open it: FOLDER/keys/identity.txt does not exist
      Name the file of the right identity with --identity, or put it there."
    `)
  })

  test('a file that holds no identity', async () => {
    const {keyring, file, place, identity} = workplace()
    await put(file, keyring, 'word', 'first')
    writeFileSync(identity, 'AGE-SECRET-KEY-1ABC\n')
    const again = new Keyring({identity, environment: {}, say: () => undefined})
    expect(await told(readSealed(file, again), place)).toMatchInlineSnapshot(`
      "FOLDER/keys/identity.txt holds no identity of age
      It must hold lines that begin with AGE-SECRET-KEY-1, as age-keygen writes them; identities with a passphrase of their own and those of SSH are not read."
    `)
  })

  test('a damaged file', async () => {
    const {keyring, file, place} = workplace()
    await put(file, keyring, 'word', 'first')
    const damaged = readFileSync(file, 'utf8').slice(0, 250)
    writeFileSync(file, damaged)
    expect(await told(put(file, keyring, 'word', 'y'), place)).toMatchInlineSnapshot(`
      "FOLDER/prod.secrets.age is damaged: it is not what age wrote
      Put it back from a backup, or from version control."
    `)
    expect(readFileSync(file, 'utf8')).toBe(damaged)
  })

  test('a wrong passphrase, and none', async () => {
    const {keyring, file, place, said} = workplace({PROVISION_SECRETS_PASSPHRASE: 'open sesame'})
    await put(file, keyring, 'word', 'first')
    expect((await readSealed(file, keyring))?.values).toEqual({web1: {word: 'first'}})
    expect(said).toEqual([])
    const wrong = new Keyring({environment: {PROVISION_SECRETS_PASSPHRASE: 'barley'}, say: () => undefined})
    const none = new Keyring({environment: {}, say: () => undefined})
    expect([
      await told(readSealed(file, wrong), place),
      await told(readSealed(file, none), place),
    ]).toMatchInlineSnapshot(`
      [
        "the passphrase does not open FOLDER/prod.secrets.age",
        "FOLDER/prod.secrets.age wants a passphrase, and there is no terminal to ask for it
      Set PROVISION_SECRETS_PASSPHRASE, or PROVISION_SECRETS_PASSPHRASE_FILE to a file that holds it.",
      ]
    `)
  })

  test('what holds something else', async () => {
    const {keyring, file, place} = workplace()
    const recipients = await keyring.newRecipients()
    const held = ['- a\n', 'password: sentinel\n', 'values: {web1: sentinel}\n', 'values: [\n', 'recipients: {a: 1}\n']
    const said: string[] = []
    for (const text of held) {
      writeFileSync(file, await seal(text, {recipients}))
      said.push((await told(readSealed(file, keyring), place)).split('\n')[0] ?? '')
    }
    expect(said).toMatchInlineSnapshot(`
      [
        "what FOLDER/prod.secrets.age holds cannot be read: expected a map with recipients, values, rotating and nothing else",
        "what FOLDER/prod.secrets.age holds cannot be read: expected a map with recipients, values, rotating and nothing else",
        "what FOLDER/prod.secrets.age holds cannot be read: web1 must hold a map: name: value",
        "what FOLDER/prod.secrets.age holds cannot be read: line 1: this bracket is never closed",
        "what FOLDER/prod.secrets.age holds cannot be read: recipients must be a list of texts",
      ]
    `)
  })

  test('a change of what age sealed for others, too, without saying who they are', async () => {
    const {keyring, file, place} = workplace()
    const others = [...(await keyring.newRecipients()), await recipientOf(await newIdentity())]
    writeFileSync(file, await seal('values: {web1: {word: first}}\n', {recipients: others}))
    expect((await readSealed(file, keyring))?.values).toEqual({web1: {word: 'first'}})
    expect(await told(put(file, keyring, 'word', 'second'), place)).toMatchInlineSnapshot(`
      "FOLDER/prod.secrets.age does not say whom else it is sealed for, so that it cannot be sealed again
      provision secrets rekey --to RECIPIENT[,RECIPIENT] names everybody who is to open it."
    `)
  })
})
