import {existsSync} from 'node:fs'
import {UsageError} from '../../errors.ts'
import {type LoadedInventory, loadInventory} from '../../inventory/inventory.ts'
import {didYouMean} from '../../nearest.ts'
import type {Contents} from '../../secrets/contents.ts'
import type {Keyring} from '../../secrets/keyring.ts'
import {readSealed} from '../../secrets/sealed-file.ts'
import {findInventory} from '../run/find-files.ts'
import {keyringOf} from '../run/keyring-of.ts'
import {sealedFileOf, shortPath} from '../run/sealed-files.ts'
import type {SecretsFlags} from './flags.ts'

/** Where the secrets of the command line's inventory are: the last inventory's, as with several the last one wins. */
export type Place = {
  readonly file: string
  readonly shown: string
  readonly inventories: readonly string[]
  readonly keyring: Keyring
}

/** Finds the sealed file that the command line means; it need not exist. Throws UsageError. */
export function placeOfSecrets(flags: SecretsFlags): Place {
  const inventories = flags.inventory.map(findInventory)
  const file = sealedFileOf(inventories.at(-1) ?? '')
  return {file, shown: shortPath(file), inventories, keyring: keyringOf(flags)}
}

/** What the sealed file holds. Throws UsageError when there is none, or when it cannot be opened. */
export async function openedSecrets({file, shown, keyring}: Place): Promise<Contents> {
  const contents = await readSealed(file, keyring)
  if (contents) return contents
  throw new UsageError(
    `there is no ${shown} yet`,
    'provision secrets init makes it, and so does the first run that needs a secret.',
  )
}

/** Whether there is a sealed file. */
export function isThere({file}: Place): boolean {
  return existsSync(file)
}

/** The host or group whose secret of that name is meant. Throws UsageError when there is none, or several. */
export function ownerOf(name: string, {values}: Contents, wanted: string | undefined): string {
  const owners = Object.keys(values).filter(owner => Object.hasOwn(values[owner] ?? {}, name))
  const own = owners.filter(owner => wanted === undefined || owner === wanted)
  const [only] = own
  if (only !== undefined && own.length === 1) return only
  if (own.length > 1) throw new UsageError(`${own.join(', ')} each have a secret ${name}`, `Say which: --for ${own[0]}`)
  if (owners.length > 0)
    throw new UsageError(`${wanted} has no secret ${name} of its own`, `It is that of ${owners.join(', ')}.`)
  const names = Object.values(values).flatMap(Object.keys)
  throw new UsageError(`there is no secret ${name}`, didYouMean(name, names) ?? 'provision secrets list lists all.')
}

/** The inventory, which must have that host or group. Throws UsageError. */
export async function inventoryWith(owner: string, {inventories}: Place): Promise<LoadedInventory> {
  const inventory = await loadInventory(inventories)
  const known = [...Object.keys(inventory.groups), ...inventory.hosts.map(host => host.name)]
  if (known.includes(owner)) return inventory
  throw new UsageError(`the inventory has no host or group ${owner}`, didYouMean(owner, known))
}
