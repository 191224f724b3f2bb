import {isSecret, type Options} from '../../argument-spec/option.ts'
import type {LoadedInventory} from '../../inventory/inventory.ts'
import type {Value, Values} from '../../module.ts'
import type {Contents} from '../../secrets/contents.ts'
import type {Mask} from '../../secrets/mask.ts'
import {isMap} from '../../value.ts'

/** Hides everything that sealed files hold, also what waits there to become a secret. */
export function hideSealed(sealed: ReadonlyMap<string, Contents>, mask: Mask): void {
  for (const {values, rotating} of sealed.values()) for (const own of [values, rotating]) hideValue(own, mask)
}

/** Hides all texts and numbers of a value. */
export function hideValue(value: Value, mask: Mask): void {
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) hideValue(part, mask)
  else if (value !== null && typeof value !== 'boolean') mask.addDeclared(String(value))
}

/** The part of a variable's value that its declaration calls secret, as it is known: all of it, or parts of a map. */
export function hideDeclared(options: Options, name: string, value: Value, mask: Mask): void {
  const [root = '', ...path] = name.split('.')
  const option = path.reduce<Options[string] | undefined>((one, step) => one?.options?.[step], options[root])
  if (!option) return
  if (isSecret(option)) hideValue(value, mask)
  else if (option.options && isMap(value))
    for (const part of Object.keys(option.options))
      if (value[part] !== undefined) hideDeclared(option.options, part, value[part], mask)
}

/** The values of a host that come from sealed files and that nothing wins over. */
export function sealedValuesOf(host: string, {said}: LoadedInventory): Values {
  const winners = new Map((said.get(host) ?? []).map(variable => [variable.name, variable]))
  return Object.fromEntries([...winners.values()].filter(({sealed}) => sealed).map(({name, value}) => [name, value]))
}
