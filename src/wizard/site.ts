import {isSecret, type Options} from '../argument-spec/option.ts'
import type {Value, Values} from '../module.ts'
import {isMap} from '../value.ts'

/** What an inventory shall say of one host: how it is reached, and the inputs; nothing is sealed yet. */
export type Site = {
  /** Its name in the inventory. */
  readonly name: string
  /** Its ansible_ variables. */
  readonly way: Values
  readonly inputs: Values
}

/** The same, parted: what may be read by everybody, and what is to be sealed, by the name of its variable. */
export type PartedSite = Site & {readonly secrets: Values}

const secretWays = ['ansible_password', 'ansible_become_password']

/** Takes the secrets out; what is declared secret within a map becomes a variable of its own, which the map names. */
export function withoutSecrets({name, way, inputs}: Site, options: Options): PartedSite {
  const secrets: Record<string, Value> = {}
  const open: Record<string, Value> = {}
  for (const [variable, value] of Object.entries(way))
    if (secretWays.includes(variable) && !isReference(value)) secrets[variable] = literal(value)
    else open[variable] = value
  const kept: Record<string, Value> = {}
  for (const [input, value] of Object.entries(inputs)) {
    const option = options[input] ?? {}
    if (isSecret(option) && !isReference(value)) secrets[input] = literal(value)
    else kept[input] = isMap(value) ? withoutParts(input, value, option.options ?? {}, secrets) : value
  }
  return {name, way: open, inputs: kept, secrets}
}

function withoutParts(path: string, value: Values, options: Options, secrets: Record<string, Value>): Values {
  return Object.fromEntries(
    Object.entries(value).map(([part, own]) => {
      if (!isSecret(options[part] ?? {}) || isReference(own)) return [part, own]
      const variable = `${path}_${part}`
      secrets[variable] = literal(own)
      return [part, `{{ ${variable} }}`]
    }),
  )
}

/** What names another variable holds no secret. */
function isReference(value: Value): boolean {
  return typeof value === 'string' && /^\{\{\s*\w+\s*\}\}$/.test(value)
}

/** A secret is no template, even if it looks like one. */
function literal(value: Value): Value {
  return typeof value === 'string' && /\{[{%#]/.test(value) ? `{% raw %}${value}{% endraw %}` : value
}
