import type {Value} from '../module.ts'
import type {Lookups} from './lookups/lookup.ts'

/** Where rendering finds variables; `Variables` is the one that playbooks use. */
export type Scope = {
  /** The rendered value, or undefined; of a path within it, only that is rendered. Throws PendingVariable and TemplateError. */
  get(name: string, path?: readonly (string | number)[]): Value | undefined
  /** A variable's text as a playbook or inventory says it, not rendered; undefined for values, and for what hosts said. */
  written?(name: string): string | undefined
  /** All names that have a value, for "Did you mean". */
  names(): Iterable<string>
  /** What `lookup()` may use. */
  readonly lookups: Lookups
}

/** A variable of another host, or all of them. */
export type OtherVariable = {readonly host: string; readonly name?: string}

/** A variable was mentioned whose value is not known yet, because the task that makes it has not run. */
export class PendingVariable extends Error {
  override readonly name = 'PendingVariable'
  readonly variable: string
  /** The other host whose variable it is; `name` where one of its variables was asked for, and not all. */
  readonly other: OtherVariable | undefined
  constructor(variable: string, other?: OtherVariable) {
    super(`"${variable}" is not known yet`)
    this.variable = variable
    this.other = other
  }
}

/** A variable of another host is not known yet. */
export function pendingOf(other: OtherVariable): PendingVariable {
  return new PendingVariable(['hostvars', ...Object.values(other)].join('.'), other)
}
