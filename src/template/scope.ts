import type {Value} from '../module.ts'
import type {Lookups} from './lookups.ts'

/** Where rendering finds variables; `Variables` is the one that playbooks use. */
export type Scope = {
  /** The rendered value, or undefined; of a path within it, only that is rendered. Throws PendingVariable and TemplateError. */
  get(name: string, path?: readonly (string | number)[]): Value | undefined
  /** All names that have a value, for "Did you mean". */
  names(): Iterable<string>
  /** What `lookup()` may use. */
  readonly lookups: Lookups
}

/** A variable was mentioned whose value is not known yet, because the task that makes it has not run. */
export class PendingVariable extends Error {
  override readonly name = 'PendingVariable'
  readonly variable: string
  constructor(variable: string) {
    super(`"${variable}" is not known yet`)
    this.variable = variable
  }
}
