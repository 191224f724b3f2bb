import {UsageError} from '../../errors.ts'
import type {Contents} from '../../secrets/contents.ts'
import {changeSealed} from '../../secrets/sealed-file.ts'
import {askSecret} from '../ask.ts'
import type {SecretsFlags} from './flags.ts'
import {isThere, openedSecrets, type Place, placeOfSecrets} from './place.ts'

/** Makes the sealed file, without any secret. */
export async function init(_: string, flags: SecretsFlags): Promise<0> {
  const place = placeOfSecrets(flags)
  if (isThere(place))
    throw new UsageError(`${place.shown} is there already`, 'provision secrets rekey changes who may open it.')
  const passphrase = flags.passphrase ? await newPassphrase() : undefined
  const {recipients} = await changeSealed(
    place.file,
    place.keyring,
    contents => (flags.to && !flags.passphrase ? {...contents, recipients: unique(flags.to)} : contents),
    passphrase,
  )
  tell(place, recipients)
  return 0
}

/** Seals the secrets for others, or only anew. */
export async function rekey(_: string, flags: SecretsFlags): Promise<0> {
  const place = placeOfSecrets(flags)
  await openedSecrets(place)
  const passphrase = flags.passphrase ? await newPassphrase() : undefined
  const {recipients} = await changeSealed(
    place.file,
    place.keyring,
    contents => ({...contents, recipients: flags.passphrase ? [] : recipientsAfter(contents, flags)}),
    passphrase,
  )
  tell(place, recipients)
  if (flags.remove || flags.to)
    note('Whoever could open them before knows the old values: provision secrets rotate replaces those that matter.')
  return 0
}

function recipientsAfter({recipients}: Contents, {to, add = [], remove = []}: SecretsFlags): readonly string[] {
  const strange = remove.filter(one => !recipients.includes(one))
  if (strange.length > 0)
    throw new UsageError(
      `${strange.join(', ')} could not open the secrets anyway`,
      'provision secrets list tells who can.',
    )
  const after = unique([...(to ?? recipients), ...add]).filter(one => !remove.includes(one))
  if (after.length > 0 || recipients.length === 0) return after
  throw new UsageError('nobody would be left who could open the secrets', 'Leave one, or name another with --add.')
}

async function newPassphrase(): Promise<string> {
  const given = process.env.PROVISION_SECRETS_NEW_PASSPHRASE
  if (given) return given
  if (!process.stdin.isTTY)
    throw new UsageError('there is no terminal to ask for a new passphrase', 'Set PROVISION_SECRETS_NEW_PASSPHRASE.')
  const passphrase = await askSecret('New passphrase:')
  if (passphrase === '') throw new UsageError('the passphrase cannot be empty')
  if (passphrase === (await askSecret('Once more:'))) return passphrase
  throw new UsageError('the two differ, so that nothing was changed')
}

function unique(words: readonly string[]): readonly string[] {
  return [...new Set(words)]
}

function tell({shown}: Place, recipients: readonly string[]): void {
  const who =
    recipients.length === 0 ? ['a passphrase opens it'] : ['who may open it:', ...recipients.map(one => `  ${one}`)]
  note([`${shown} is sealed; ${who[0]}`, ...who.slice(1)].join('\n'))
}

function note(text: string): void {
  process.stderr.write(`${text}\n`)
}
