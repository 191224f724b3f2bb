import {UsageError} from '../../errors.ts'
import {type Contents, withSecret} from '../../secrets/contents.ts'
import {changeSealed} from '../../secrets/sealed-file.ts'
import {writeYaml} from '../../yaml.ts'
import {askSecret} from '../ask.ts'
import {shortPath} from '../run/sealed-files.ts'
import type {SecretsFlags} from './flags.ts'
import {inventoryWith, openedSecrets, ownerOf, type Place, placeOfSecrets} from './place.ts'

/** Prints the names of all secrets by host and group. */
export async function list(_: string, flags: SecretsFlags): Promise<0> {
  const place = placeOfSecrets(flags)
  const {recipients, values, rotating} = await openedSecrets(place)
  const begun = (owner: string, name: string) =>
    rotating[owner]?.[name] === undefined ? '' : '  (its rotation is not finished: provision secrets rotate)'
  for (const [owner, own] of Object.entries(values))
    say([owner, ...Object.keys(own).map(name => `  ${name}${begun(owner, name)}`)].join('\n'))
  say(
    recipients.length === 0 ? 'opened by a passphrase' : ['opened by', ...recipients.map(one => `  ${one}`)].join('\n'),
  )
  return 0
}

/** Prints a secret. */
export async function show(name: string, flags: SecretsFlags): Promise<0> {
  const contents = await openedSecrets(placeOfSecrets(flags))
  const value = contents.values[ownerOf(name, contents, flags.for)]?.[name] ?? null
  say(typeof value === 'object' ? writeYaml(value).trimEnd() : String(value))
  return 0
}

/** Seals a secret that is typed or comes on stdin, in the place of the one of that name. */
export async function set(name: string, flags: SecretsFlags): Promise<0> {
  if (!/^[A-Za-z_]\w*$/.test(name)) throw new UsageError(`${name} cannot be the name of a variable`)
  const place = placeOfSecrets(flags)
  if (flags.for !== undefined) await inventoryWith(flags.for, place)
  const value = await readSecret(name)
  let owner = flags.for ?? 'all'
  await changeSealed(place.file, place.keyring, contents => {
    owner = flags.for ?? ownerIfAny(name, contents)
    return {...contents, values: withSecret(contents.values, owner, name, value)}
  })
  note(`${name} is sealed for ${owner} in ${place.shown}.`)
  await tellWhoWins(name, owner, place)
  return 0
}

function ownerIfAny(name: string, contents: Contents): string {
  const isAnywhere = Object.values(contents.values).some(own => Object.hasOwn(own, name))
  return isAnywhere ? ownerOf(name, contents, undefined) : 'all'
}

async function readSecret(name: string): Promise<string> {
  const value = process.stdin.isTTY ? await typed(name) : (await stdin()).replace(/\r?\n$/, '')
  if (value === '') throw new UsageError(`${name} cannot be empty`, 'Type it, or give it on stdin.')
  return value
}

async function typed(name: string): Promise<string> {
  const value = await askSecret(`${name}:`)
  if (value === (await askSecret('Once more:'))) return value
  throw new UsageError('the two differ, so that nothing was changed')
}

async function stdin(): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

/** What an inventory says in the clear wins over what is sealed. */
async function tellWhoWins(name: string, owner: string, place: Place): Promise<void> {
  const inventory = await inventoryWith(owner, place)
  const hosts = inventory.groups[owner] ?? [owner]
  const said = hosts.flatMap(host => inventory.said.get(host) ?? []).find(variable => variable.name === name)
  if (said)
    note(
      `But ${shortPath(said.source.file)}:${said.source.line} says ${name} in the clear, and wins: take it out there.`,
    )
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

function note(text: string): void {
  process.stderr.write(`${text}\n`)
}
