import {ConfigError, UsageError} from '../errors.ts'
import type {Value, Values} from '../module.ts'
import {isMap} from '../value.ts'
import {parseYaml, plain, writeYaml} from '../yaml.ts'

/** Secrets by the name of the host or group that they are for (`all`: for every host). */
export type ByHost = {readonly [hostOrGroup: string]: Values}

/** What a sealed file holds. */
export type Contents = {
  /** Whom it is sealed for; nobody where a passphrase opens it. Kept inside, so that nobody can add himself unseen. */
  readonly recipients: readonly string[]
  readonly values: ByHost
  /** New values of secrets whose rotation has begun; `values` has the old ones until it is proven. */
  readonly rotating: ByHost
}

/** A secret that is being replaced: whose, and its name. */
export type Rotating = {readonly owner: string; readonly name: string}

/** A file without any secret. */
export function emptyContents(recipients: readonly string[]): Contents {
  return {recipients, values: {}, rotating: {}}
}

const words = ['recipients', 'values', 'rotating']

/** Reads what a sealed file holds; `file` is named where it is wrong. Throws UsageError. */
export function readContents(text: string, file: string): Contents {
  const root = parsed(text, file)
  if (!isMap(root) || Object.keys(root).some(key => !words.includes(key)))
    throw wrong(file, `expected a map with ${words.join(', ')} and nothing else`)
  const {recipients = [], values = {}, rotating = {}} = root
  if (!Array.isArray(recipients) || recipients.some(one => typeof one !== 'string'))
    throw wrong(file, 'recipients must be a list of texts')
  return {recipients: recipients.map(String), values: byHost(values, file), rotating: byHost(rotating, file)}
}

/** Writes it so that people can read it with age and edit it. */
export function writeContents({recipients, values, rotating}: Contents): string {
  const begun = Object.keys(rotating).length > 0
  return writeYaml({recipients, values, ...(begun && {rotating})})
}

/** The same with a secret set, or without it where the value is undefined; a name without secrets is left out. */
export function withSecret(secrets: ByHost, host: string, name: string, value: Value | undefined): ByHost {
  const {[host]: own = {}, ...others} = secrets
  const {[name]: _, ...rest} = own
  const changed = value === undefined ? rest : {...own, [name]: value}
  if (Object.keys(changed).length === 0) return others
  return {...secrets, [host]: changed}
}

/** The contents with the new value of a secret in the place of the old one, as far as there is one. */
export function withNewValue(contents: Contents, {owner, name}: Rotating): Contents {
  const value = contents.rotating[owner]?.[name]
  return value === undefined ? contents : {...contents, values: withSecret(contents.values, owner, name, value)}
}

function byHost(value: Value, file: string): ByHost {
  if (!isMap(value)) throw wrong(file, 'values must be a map of hosts and groups')
  return Object.fromEntries(
    Object.entries(value).map(([host, own]) => {
      if (isMap(own)) return [host, own]
      throw wrong(file, `${host} must hold a map: name: value`)
    }),
  )
}

function parsed(text: string, file: string): Value {
  try {
    return plain(parseYaml(text, file))
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    // Without the line itself, which may hold a secret.
    const {source, message} = error.problems[0] ?? {source: {line: 1}, message: ''}
    throw wrong(file, `line ${source.line}: ${message}`)
  }
}

function wrong(file: string, why: string): UsageError {
  return new UsageError(`what ${file} holds cannot be read: ${why}`, 'provision secrets edit mends it.')
}
