import type {Value, Values} from '../../module.ts'
import type {Scope} from '../scope.ts'

/** What `lookup()` may use of the controller. */
export type Lookups = {
  /** Relative paths start here when no role and no playbook has the file. */
  readonly folder: string
  readonly environment: {readonly [name: string]: string | undefined}
  /** Is told every secret, so that reports can hide it. */
  readonly secret: (value: string) => void
}

/** Where a lookup is called: the variables there, and how a text is rendered with them. */
export type Place = {readonly scope: Scope; readonly render: (text: string, scope: Scope) => string}

/** What one call of `lookup()` knows: its named arguments and its place. */
export type Asking = Place & {readonly options: Values}

/** A lookup: gives a list of values for its terms, and throws when it has none. */
export type Lookup = (terms: readonly Value[], asking: Asking) => readonly Value[]
