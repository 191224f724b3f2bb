import {isSecret, type Option, type Options} from '../../argument-spec/option.ts'
import type {Variable} from '../../inventory/variable.ts'
import type {Value} from '../../module.ts'
import {Mask} from '../../secrets/mask.ts'
import {hasTemplate, isList} from '../../value.ts'
import {vault} from '../../vault/vault.ts'

const hidden = '[secret]'

const secretName = /password|passwd|passphrase|secret|token|credential|(?:^|[_-])pass(?:[_-]|$)|keys?(?:[_-]|$)/i

/** A file's name is no secret, even if what is in the file is one. */
const placeName = /_(?:file|path|dir)$/i

/** A password in an address: `scheme://user:password@host`. */
const inAddress = /(:\/\/[^\s:/@]*:)[^\s/@]+@/g

/**
 * Hides values that are sealed, that are declared to be secret, and whose names say that they are, also deep inside and where they
 * are part of others; and lookups.
 */
export function hideSecrets(variables: readonly Variable[], declared: Options): readonly Variable[] {
  const mask = new Mask()
  vault.listen(secret => mask.addDeclared(secret))
  const shown = variables.map(variable => ({...variable, value: shownVariable(variable, declared, mask)}))
  return shown.map(variable => ({...variable, value: masked(variable.value, mask)}))
}

function shownVariable({name, value, sealed}: Variable, declared: Options, mask: Mask): Value {
  if (sealed) return hide(value, mask)
  return shownValue(name, declaredHidden(declared[name], value, mask), mask)
}

/** The value with what its declaration calls secret taken out. */
function declaredHidden(option: Option | undefined, value: Value, mask: Mask): Value {
  if (option && isSecret(option)) return hide(value, mask)
  const {options} = option ?? {}
  return options ? inside(value, (key, part) => declaredHidden(options[key], part, mask)) : value
}

function shownValue(name: string, value: Value, mask: Mask): Value {
  if (secretName.test(name) && !placeName.test(name)) return hide(value, mask)
  if (typeof value === 'string') return /\b(?:lookup|query|q)\s*\(/.test(value) ? hidden : value
  return inside(value, (key, part) => shownValue(key, part, mask))
}

/** Nothing at all is no secret, and neither is yes or no. */
function hide(value: Value, mask: Mask): Value {
  if (value === null || value === '' || typeof value === 'boolean') return value
  addTexts(value, mask)
  return hidden
}

function addTexts(value: Value, mask: Mask): void {
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) addTexts(part, mask)
  else if (!hasTemplate(value)) mask.addDeclared(String(value))
}

function masked(value: Value, mask: Mask): Value {
  if (typeof value === 'string') return mask.apply(value).replace(inAddress, `$1${hidden}@`)
  return inside(value, (_, part) => masked(part, mask))
}

function inside(value: Value, change: (key: string, part: Value) => Value): Value {
  if (isList(value)) return value.map(part => change('', part))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, change(key, part)]))
}
