import type {Value} from '../module.ts'
import {isList, isMap} from '../value.ts'

/** Remembers in which order maps had their keys, because minijinja hands maps back with sorted keys. */
export class KeyOrder {
  readonly #orders = new Map<string, readonly string[]>()

  /** Notes the order of every map within a value. The first order of a set of keys stays. */
  remember(value: Value): void {
    if (isList(value)) for (const item of value) this.remember(item)
    if (!isMap(value)) return
    this.rememberKeys(Object.keys(value))
    for (const item of Object.values(value)) this.remember(item)
  }

  /** Notes the order of one map's keys. */
  rememberKeys(keys: readonly string[]): void {
    const signature = signatureOf(keys)
    if (!this.#orders.has(signature)) this.#orders.set(signature, keys)
  }

  /** The keys in the order that was noted, or as they came. */
  sorted(keys: readonly string[]): readonly string[] {
    return this.#orders.get(signatureOf(keys)) ?? keys
  }
}

function signatureOf(keys: readonly string[]): string {
  return keys.toSorted().join('\0')
}
