/** A place in a file that people wrote; line and column count from 1. */
export type Source = {readonly file: string; readonly line: number; readonly column: number}

/** One thing that is wrong in a file: where, what, what was expected, and a sentence with the nearest right word. */
export type Problem = {
  readonly source: Source
  readonly message: string
  readonly expected?: string
  readonly suggestion?: string
  /** The line holds a secret: it is not shown. */
  readonly secret?: boolean
}

/** The command line is wrong; who typed it must act. Exit code 3. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly hint: string | undefined
  constructor(message: string, hint?: string) {
    super(message)
    this.hint = hint
  }
}

/** Inventory, playbook or template is wrong; all problems at once, before the first connection. Exit code 3. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly Problem[]
  /** The last line that people see, where a mere count of the problems would not do. */
  readonly summary: string | undefined
  constructor(problems: readonly Problem[], summary?: string) {
    super(problems.map(problem => problem.message).join('\n'))
    this.problems = problems
    this.summary = summary
  }
}

/** A host could not be reached: what was tried and what to do. Exit code 4. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError'
  readonly host: string
  readonly hint: string | undefined
  constructor(host: string, message: string, hint?: string) {
    super(message)
    this.host = host
    this.hint = hint
  }
}

/** What is known of a task that failed on a host. */
export type TaskFailure = {
  readonly message: string
  readonly command?: string
  readonly exitCode?: number
  readonly stdout?: string
  readonly stderr?: string
  readonly hint?: string
}

/** A task failed on a host; the other hosts go on. Exit code 1. */
export class TaskError extends Error {
  override readonly name = 'TaskError'
  readonly failure: TaskFailure
  constructor(failure: TaskFailure) {
    super(failure.message)
    this.failure = failure
  }
}

/** Our own mistake: a state that the code holds for impossible. Exit code 70. */
export class Bug extends Error {
  override readonly name = 'Bug'
}
