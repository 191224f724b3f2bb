import {spawn} from 'node:child_process'
import {accessSync, constants} from 'node:fs'
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {UsageError} from '../../errors.ts'
import {readContents, writeContents} from '../../secrets/contents.ts'
import {changeSealed} from '../../secrets/sealed-file.ts'
import type {SecretsFlags} from './flags.ts'
import {openedSecrets, placeOfSecrets} from './place.ts'

/** Opens the secrets in an editor, and seals what comes of it; nothing is changed when that cannot be read. */
export async function edit(_: string, flags: SecretsFlags): Promise<0> {
  const place = placeOfSecrets(flags)
  await openedSecrets(place)
  await changeSealed(place.file, place.keyring, async contents => {
    const before = writeContents(contents)
    const after = await edited(before)
    return after === before ? contents : readContents(after, 'your text')
  })
  return 0
}

/** What an editor makes of a text; the file that it sees is in memory where there is such a place, and gone afterwards. */
async function edited(text: string): Promise<string> {
  const folder = await mkdtemp(join(memory() ?? tmpdir(), 'provision-secrets-'))
  try {
    const file = join(folder, 'secrets.yml')
    await writeFile(file, text, {mode: 0o600})
    await runEditor(file)
    return await readFile(file, 'utf8')
  } finally {
    await rm(folder, {recursive: true, force: true})
  }
}

function memory(): string | undefined {
  return [process.env.XDG_RUNTIME_DIR, '/dev/shm'].find(
    folder => folder !== undefined && folder !== '' && mayWrite(folder),
  )
}

function mayWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** EDITOR may have words: `code --wait`. */
function runEditor(file: string): Promise<void> {
  const editor = process.env.VISUAL || process.env.EDITOR || 'vi'
  // Ctrl-C is for the editor; the file must not be left behind.
  const ignore = () => undefined
  process.on('SIGINT', ignore)
  const child = spawn('/bin/sh', ['-c', `${editor} "$1"`, 'sh', file], {stdio: 'inherit'})
  return new Promise<void>((resolve, reject) => {
    const failed = () =>
      reject(new UsageError(`${editor} failed, so that nothing was changed`, 'Set EDITOR to your editor.'))
    child.once('error', failed)
    child.once('close', code => (code === 0 ? resolve() : failed()))
  }).finally(() => process.off('SIGINT', ignore))
}
