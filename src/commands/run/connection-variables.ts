import {ConfigError} from '../../errors.ts'
import {placeOfHost} from '../../inventory/host-place.ts'
import type {Value} from '../../module.ts'
import type {Host} from '../../play.ts'
import {TemplateError} from '../../template/template-error.ts'
import type {Variables} from '../../template/variables.ts'

/** Reads one of a host's connection variables: the first of these names that is set. Throws ConfigError. */
export type ReadText = (...names: readonly string[]) => string | undefined

/** Reads a host's connection variables; what they are made of must be known before the host is. */
export function connectionVariables(host: Host, variables: Variables): ReadText {
  return (...names) =>
    names
      .map(name => rendered(host, name, variables))
      .find(isSet)
      ?.toString()
}

/** The port that a variable says. Throws ConfigError. */
export function portOf(host: Host, text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw wrong(host, `${host.name}: ansible_port cannot be "${text}"`, 'a whole number from 1 to 65535')
}

/** A mistake in a host's connection variables, shown where the host stands in the inventory. */
export function wrong(host: Host, message: string, expected: string | undefined, suggestion?: string): ConfigError {
  const source = placeOfHost(host)
  return new ConfigError([{source, message, ...(expected && {expected}), ...(suggestion && {suggestion})}])
}

function rendered(host: Host, name: string, variables: Variables): Value | undefined {
  try {
    return variables.get(name)
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    throw wrong(host, `${host.name}: ${error.message}`, undefined, error.suggestion)
  }
}

function isSet(value: Value | undefined): value is string | number | boolean {
  return value !== undefined && value !== null && value !== '' && typeof value !== 'object'
}
