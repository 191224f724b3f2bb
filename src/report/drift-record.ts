import type {ExitCode, RunEvent, TaskResult} from '../engine/events.ts'
import type {Change} from '../module.ts'
import {maskResult} from './mask-event.ts'

/** One thing that drifted on a host. */
export type Drifted = {
  readonly host: string
  /** What the playbook says of the host, or what runs there. */
  readonly kind: 'configuration' | 'runtime'
  readonly task: string
  readonly module: string
  readonly item?: string
  readonly file: string
  readonly line: number
  /** What differs: as it is, and as it is wanted. */
  readonly changes: readonly Change[]
  /** What is wrong where there is nothing to compare. */
  readonly message?: string
  readonly hint?: string
  /** no_log hides what differs. */
  readonly hidden?: true
}

/** How a host was found. */
export type HostDrift = {
  readonly state: 'in order' | 'drifted' | 'unreachable'
  readonly trips: number
  readonly message?: string
  readonly hint?: string
}

/** What one look for drift found: the document of --output json. */
export type DriftRecord = {
  readonly version: 1
  /** When it began, in UTC. */
  readonly time: string
  readonly playbook: string
  readonly hosts: {readonly [host: string]: HostDrift}
  readonly drifted: readonly Drifted[]
  /** Milliseconds. */
  readonly ms: number
  readonly exit: ExitCode
}

/** Makes of a run's events what drifted, with secrets hidden. */
export class DriftRecorder {
  readonly #time = new Date().toISOString()
  readonly #runtime: ReadonlySet<string>
  readonly #mask: (text: string) => string
  readonly #results: TaskResult[] = []
  readonly #gone = new Map<string, {readonly message: string; readonly hint?: string}>()
  #playbook = ''
  #finished: Extract<RunEvent, {type: 'run-finished'}> | undefined

  /** `runtime` has the places of the tasks that are about what runs. */
  constructor(runtime: ReadonlySet<string>, mask: (text: string) => string) {
    this.#runtime = runtime
    this.#mask = mask
  }

  listen = (event: RunEvent): void => {
    if (event.type === 'run-started') this.#playbook = event.playbook
    if (event.type === 'host-unreachable') this.#gone.set(event.host, event)
    if (event.type === 'run-finished') this.#finished = event
    if (event.type === 'task-finished' && wants(event.result)) this.#results.push(event.result)
  }

  /** What was found; `exit` is that of the run. */
  record(exit: ExitCode): DriftRecord {
    const {hosts = {}, ms = 0} = this.#finished ?? {}
    const drifted = this.#results.map(result => this.#drifted(maskResult(result, this.#mask)))
    const states = Object.entries(hosts).map(([host, {trips}]) => [host, this.#host(host, trips, drifted)] as const)
    const isDrifted = drifted.length > 0 && (exit === 0 || exit === 1)
    const {version, time, playbook} = {version: 1, time: this.#time, playbook: this.#mask(this.#playbook)} as const
    return {version, time, playbook, hosts: Object.fromEntries(states), drifted, ms, exit: isDrifted ? 2 : exit}
  }

  #host(host: string, trips: number, drifted: readonly Drifted[]): HostDrift {
    const gone = this.#gone.get(host)
    if (gone) {
      const hint = gone.hint === undefined ? {} : {hint: this.#mask(gone.hint)}
      return {state: 'unreachable', trips, message: this.#mask(gone.message), ...hint}
    }
    return {state: drifted.some(one => one.host === host) ? 'drifted' : 'in order', trips}
  }

  #drifted({host, task, module, item, source, changes, failure, noLog}: TaskResult): Drifted {
    const {file, line, column} = source
    return {
      host,
      kind: this.#runtime.has(`${file}:${line}:${column}`) ? 'runtime' : 'configuration',
      task,
      module,
      ...(item !== undefined && {item}),
      file,
      line,
      changes,
      ...(failure && {message: failure.message}),
      ...(failure?.hint !== undefined && {hint: failure.hint}),
      ...(noLog && {hidden: true}),
    }
  }
}

/** Whether the host is not as the task wants it: it would change something, or what it wants cannot be. */
function wants({status}: TaskResult): boolean {
  return status === 'changed' || status === 'failed' || status === 'ignored' || status === 'rescued'
}
