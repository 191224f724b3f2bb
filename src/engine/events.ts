import type {Source, TaskFailure} from '../errors.ts'
import type {Change} from '../module.ts'
import type {Mark} from './foresight.ts'

/** How a task ended on a host. In check mode `changed` means that it would change. */
export type Status = 'ok' | 'changed' | 'failed' | 'skipped' | 'rescued' | 'ignored' | 'unreachable'

/** What became of one task (or one item of its loop) on one host. */
export type TaskResult = {
  readonly host: string
  /** The host that the task was delegated to. */
  readonly delegate?: string
  readonly task: string
  readonly module: string
  /** The loop item, as people read it. */
  readonly item?: string
  readonly status: Status
  /** Empty where no_log hides them. */
  readonly changes: readonly Change[]
  readonly source: Source
  /** Milliseconds of work on the host (or in the controller's module); the shared look is not counted. */
  readonly ms: number
  /** One line for people: why skipped, what debug says. */
  readonly message?: string
  readonly failure?: TaskFailure
  readonly noLog: boolean
  /** Whether its changes are shown in full, whatever the command line says. */
  readonly diff?: boolean
}

/** What a saved plan was to do on a host, or to decide there, and the run did not get to; changes as the plan shows them. */
export type NotReached = Pick<TaskResult, 'task' | 'module' | 'item' | 'changes' | 'source'> & {
  readonly mark: Extract<Mark, 'change' | 'run' | 'unknown'>
}

/** Counts of one host at the end, Ansible's words and the round trips that it cost. */
export type HostSummary = {
  readonly ok: number
  readonly changed: number
  readonly failed: number
  readonly skipped: number
  readonly rescued: number
  readonly ignored: number
  readonly unreachable: number
  readonly trips: number
}

/** 0 in order or done, 1 a task failed, 2 changes wanted (--check with --detailed-exitcode, drift), 3 usage or config, 4 unreachable, 130 interrupted, 70 bug. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 70 | 130

/** Everything that a run tells while it goes; the reports are made of these and nothing else. */
export type RunEvent =
  | {
      readonly type: 'run-started'
      readonly playbook: string
      readonly hosts: readonly string[]
      readonly check: boolean
    }
  | {readonly type: 'play-started'; readonly play: string; readonly hosts: readonly string[]}
  | {readonly type: 'connecting'; readonly host: string}
  /** One look: the probes of so many tasks travel as one script. */
  | {readonly type: 'looking'; readonly host: string; readonly tasks: number}
  | {readonly type: 'task-started'; readonly host: string; readonly task: string; readonly item?: string}
  /** So many of a large file's bytes have left for the host. */
  | {
      readonly type: 'sending'
      readonly host: string
      readonly task: string
      readonly bytes: number
      readonly size: number
    }
  | {readonly type: 'task-finished'; readonly result: TaskResult}
  /** The host has nothing more to do in this play. */
  | {readonly type: 'host-finished'; readonly host: string}
  | {readonly type: 'host-unreachable'; readonly host: string; readonly message: string; readonly hint?: string}
  | {readonly type: 'notice'; readonly host?: string; readonly message: string}
  /** Comes when all is done, for each host with such tasks. */
  | {readonly type: 'not-reached'; readonly host: string; readonly tasks: readonly NotReached[]}
  | {
      readonly type: 'run-finished'
      readonly hosts: {readonly [host: string]: HostSummary}
      readonly ms: number
      readonly exit: ExitCode
    }

/** Where events go. */
export type Listener = (event: RunEvent) => void
