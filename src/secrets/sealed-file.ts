import {readFile, realpath} from 'node:fs/promises'
import {basename, dirname, join} from 'node:path'
import {UsageError} from '../errors.ts'
import {withLock} from '../lock.ts'
import {writePrivateFile} from '../write-file.ts'
import {type SealedFor, seal, sealingOf, unseal} from './age.ts'
import {type Contents, emptyContents, readContents, writeContents} from './contents.ts'
import type {Keyring} from './keyring.ts'

/** Opens a sealed file; undefined where there is none. Throws UsageError: no key, the wrong one, or a damaged file. */
export async function readSealed(file: string, keyring: Keyring): Promise<Contents | undefined> {
  return (await open(file, keyring))?.contents
}

/**
 * Changes what a sealed file holds, while no other process does; a file that is not there is made for the keyring's own
 * identities. Contents without recipients are sealed with the new passphrase, or with the one that opened the file. Returns what
 * the file holds then. Whatever goes wrong, the file stays as it was. Throws UsageError.
 */
export async function changeSealed(
  file: string,
  keyring: Keyring,
  change: (contents: Contents) => Contents | Promise<Contents>,
  newPassphrase?: string,
): Promise<Contents> {
  return withLock(await lockName(file), keyring.say, async () => {
    const found = await open(file, keyring)
    const before = found?.contents ?? emptyContents(newPassphrase === undefined ? await keyring.newRecipients() : [])
    const after = await change(before)
    if (found && after === before) return before
    const passphrase = newPassphrase === undefined ? undefined : {passphrase: newPassphrase}
    const sealed = await sealedAgain(after, passphrase ?? (found ? found.to : await keyring.newPassphrase()), file)
    await mustBeUnchanged(file, found?.sealed)
    await writePrivateFile(file, sealed)
    return after
  })
}

/** Seals for the recipients; a file that a passphrase opened is sealed with the same one again. */
async function sealedAgain({recipients, ...rest}: Contents, to: SealedFor | undefined, file: string): Promise<string> {
  const target = recipients.length > 0 ? {recipients} : to
  if (target === undefined)
    throw new UsageError(
      `${file} does not say whom else it is sealed for, so that it cannot be sealed again`,
      'provision secrets rekey --to RECIPIENT[,RECIPIENT] names everybody who is to open it.',
    )
  try {
    return await seal(writeContents({recipients, ...rest}), target)
  } catch (error) {
    throw new UsageError(`the secrets cannot be sealed: ${error instanceof Error ? error.message : String(error)}`)
  }
}

type Found = {readonly contents: Contents; readonly sealed: string; readonly to: SealedFor | undefined}

async function open(file: string, keyring: Keyring): Promise<Found | undefined> {
  const sealed = await readIfThere(file)
  if (sealed === undefined) return undefined
  const sealing = sealingOf(sealed)
  const passphrase = sealing.passphrase ? await keyring.passphrase(file) : undefined
  const opener = passphrase === undefined ? {identities: await keyring.identities(file)} : {passphrase}
  const opened = await unseal(sealed, opener)
  if ('why' in opened) throw await notOpened(file, opened.why, passphrase !== undefined, keyring)
  const contents = readContents(opened.text, file)
  if (passphrase !== undefined) return {contents, sealed, to: {passphrase}}
  const known = contents.recipients.length > 0 ? contents.recipients : await keyring.recipients(file)
  // What age itself sealed for others, too, does not say who they are: it can be read, but not sealed again.
  return {contents: {...contents, recipients: known.length < sealing.recipients ? [] : known}, sealed, to: undefined}
}

async function notOpened(
  file: string,
  why: 'damaged' | 'wrong key',
  byPassphrase: boolean,
  keyring: Keyring,
): Promise<UsageError> {
  if (why === 'damaged')
    return new UsageError(
      `${file} is damaged: it is not what age wrote`,
      'Put it back from a backup, or from version control.',
    )
  if (byPassphrase) return new UsageError(`the passphrase does not open ${file}`)
  return new UsageError(
    `${file} is not sealed for the identity in ${keyring.identityFile}`,
    'Name the right one with --identity, or have somebody who can open it run: provision secrets rekey --add YOUR-RECIPIENT',
  )
}

/** Another machine may share the folder, and no lock of this one holds it. */
async function mustBeUnchanged(file: string, before: string | undefined): Promise<void> {
  if ((await readIfThere(file)) === before) return
  throw new UsageError(`somebody else changed ${file} just now, so that nothing was written`, 'Try again.')
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** The same for all paths to the file. */
async function lockName(file: string): Promise<string> {
  const folder = await realpath(dirname(file)).catch(() => dirname(file))
  return `provision-secrets:${join(folder, basename(file))}`.slice(-100)
}
