import type {Prompt} from '../play.ts'
import type {YamlNode} from '../yaml.ts'
import {anyValueOf, checkKeywords, fieldsOf, flagOf, itemsOf, numberOf, textOf} from './fields.ts'
import {describe, type Fields, type Loading, report} from './loading.ts'

const words = ['name', 'prompt', 'default', 'private', 'confirm', 'encrypt', 'salt', 'salt_size', 'unsafe']
const hashes = ['sha512_crypt', 'sha256_crypt']

/** Reads vars_prompt: what is asked before the run. */
export function readPrompts(fields: Fields, loading: Loading): readonly Prompt[] {
  const items = itemsOf(fields.get('vars_prompt'), 'a list of maps with name and prompt', loading)
  return items.flatMap(item => readPrompt(item, loading) ?? [])
}

function readPrompt(item: YamlNode, loading: Loading): Prompt | undefined {
  if (item.kind !== 'map') {
    report(loading, item.source, `vars_prompt cannot ask for ${describe(item)}`, {
      expected: 'a map with name and prompt',
    })
    return undefined
  }
  const fields = fieldsOf(item)
  checkKeywords(fields, words, 'vars_prompt', loading)
  const name = textOf(fields.get('name'), loading)
  if (!fields.has('name')) report(loading, item.source, 'this prompt has no variable', {expected: 'name: VARIABLE'})
  const encrypt = textOf(fields.get('encrypt'), loading)
  const place = fields.get('encrypt')?.value.source
  if (encrypt !== undefined && !hashes.includes(encrypt) && place)
    report(loading, place, `"${encrypt}" is not supported`, {expected: hashes.join(' or ')})
  if (name === undefined) return undefined
  return {
    name,
    prompt: textOf(fields.get('prompt'), loading) ?? name,
    default: anyValueOf(fields.get('default'), loading) ?? null,
    isPrivate: flagOf(fields.get('private'), loading) ?? true,
    confirm: flagOf(fields.get('confirm'), loading) ?? false,
    encrypt: encrypt === 'sha256_crypt' ? 'sha256' : encrypt === undefined ? undefined : 'sha512',
    salt: textOf(fields.get('salt'), loading),
    saltSize: numberOf(fields.get('salt_size'), loading),
    unsafe: flagOf(fields.get('unsafe'), loading) ?? false,
  }
}
