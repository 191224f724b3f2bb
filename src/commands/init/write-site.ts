import type {Declared} from '../../argument-spec/read-options.ts'
import {withSecret} from '../../secrets/contents.ts'
import {changeSealed} from '../../secrets/sealed-file.ts'
import {inventoryText} from '../../wizard/inventory-text.ts'
import {type PartedSite, type Site, withoutSecrets} from '../../wizard/site.ts'
import {topicsWithOptions} from '../../wizard/topics.ts'
import {writePrivateFile} from '../../write-file.ts'
import {keyringOf} from '../run/keyring-of.ts'
import {sealedFileOf, shortPath} from '../run/sealed-files.ts'
import type {InitFlags} from './flags.ts'
import {say} from './say.ts'

/** An inventory that is ready to be written, with what is to be sealed beside it. */
export type Draft = {
  readonly text: string
  readonly site: PartedSite
  readonly file: string
  readonly sealedFile: string
}

/** Makes the text of the inventory. */
export function draftOf(site: Site, declared: Declared, file: string): Draft {
  const parted = withoutSecrets(site, declared.options)
  const sealedFile = sealedFileOf(file)
  const names = {file: shortPath(file), sealedFile: shortPath(sealedFile)}
  return {
    text: inventoryText({site: parted, topics: topicsWithOptions(declared), ...names}),
    site: parted,
    file,
    sealedFile,
  }
}

/** Seals the secrets and writes the inventory, each whole or not at all. Throws UsageError. */
export async function writeDraft(
  {text, site: {name, secrets}, file, sealedFile}: Draft,
  flags: InitFlags,
): Promise<void> {
  const entries = Object.entries(secrets)
  if (entries.length > 0)
    await changeSealed(sealedFile, keyringOf(flags), contents => ({
      ...contents,
      values: entries.reduce((values, [variable, value]) => withSecret(values, name, variable, value), contents.values),
    }))
  await writePrivateFile(file, text)
  if (entries.length > 0) say(`Sealed ${entries.map(([variable]) => variable).join(', ')} in ${shortPath(sealedFile)}.`)
  say(`Wrote ${shortPath(file)}.`)
}

/** Prints what would be written; of secrets, their names. */
export function printDraft({text, site: {secrets}, sealedFile}: Draft): void {
  const names = Object.keys(secrets)
  process.stdout.write(text)
  if (names.length > 0) say(`These would be sealed in ${shortPath(sealedFile)}: ${names.join(', ')}.`)
}
