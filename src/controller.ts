import type {TaskFailure} from './errors.ts'
import type {Shell} from './shell/shell.ts'
import type {Value, Values} from './value.ts'

/** What a command that ran on a host left behind. */
export type Output = {readonly stdout: string; readonly stderr: string; readonly exitCode: number}

/** Files of variables where `provision` runs, looked for where Ansible looks. */
export type VariableFiles = {
  /** The path of a file. Throws TaskError when there is none. */
  file(name: string): string
  /** The path of a folder, which may not be there. */
  folder(name: string): string
  /** The variables in a file, not rendered. Throws TaskError when it holds none. */
  read(path: string): Values
}

/** The connection to the task's host, for the few that use it themselves: they break it (reboot), wait for it, or bring something here (fetch). */
export type Remote = {
  /** The host is this machine. */
  readonly local: boolean
  /** Runs a script as the task's user: one round trip, of at most so many seconds. Throws UnreachableError when the link ends meanwhile. */
  run(script: Shell, options?: {readonly seconds?: number; readonly locked?: boolean}): Promise<Output>
  /** Gives the connection up and makes a new one, which may take so many seconds. Throws UnreachableError. */
  reopen(seconds?: number): Promise<void>
}

/** What a module on the controller may use besides its arguments. */
export type Controller = {
  readonly remote: Remote
  /** Asks the people at the terminal; undefined where there is none. */
  readonly ask: ((question: string, echo: boolean) => Promise<string>) | undefined
  readonly host: string
  /** The host's address as the controller reaches it. */
  readonly address: string
  readonly check: boolean
  /** The host's variables, rendered. */
  readonly variable: (name: string) => Value | undefined
  /** The value of a Jinja expression; throws TaskError when it has none. */
  readonly evaluate: (expression: string) => Value
  /** Whether a Jinja expression holds on the host, as in `when`; throws TaskError when it cannot be evaluated. */
  readonly test: (expression: string) => boolean
  readonly files: VariableFiles
  readonly signal: AbortSignal
}

/** What a task adds to the inventory while a run goes; the plays after it see it. */
export type Addition =
  | {readonly kind: 'host'; readonly name: string; readonly groups: readonly string[]; readonly vars: Values}
  /** A group that the task's host goes into, and the groups that it goes into itself. */
  | {readonly kind: 'group'; readonly name: string; readonly parents: readonly string[]}

/** What a task did on a host, as far as its module knows. */
export type Outcome = {
  readonly changed: boolean
  readonly skipped?: boolean
  /** Why it failed, where there is a result all the same; without one, a TaskError is thrown. */
  readonly failure?: TaskFailure
  /** One line for people. */
  readonly message?: string
  /** What `register` gets. */
  readonly result: Values
  readonly adds?: readonly Addition[]
  /** Variables that the host has from now on (set_fact, setup). */
  readonly facts?: Values
  /** The same, weaker and not yet rendered (include_vars). */
  readonly included?: Values
}
