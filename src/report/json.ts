import type {ExitCode, HostSummary, NotReached, RunEvent, TaskResult} from '../engine/events.ts'
import type {TaskFailure} from '../errors.ts'
import type {Change} from '../module.ts'
import {maskEvent, maskResult} from './mask-event.ts'
import {type Report, type ReportOptions, written} from './options.ts'

/** One task on one host, as programs read it. */
export type TaskRecord = {
  readonly host: string
  readonly delegate?: string
  readonly task: string
  readonly module: string
  readonly item?: string
  readonly status: TaskResult['status']
  readonly changes: readonly Change[]
  readonly file: string
  readonly line: number
  /** Milliseconds. */
  readonly ms: number
  readonly message?: string
  readonly failure?: TaskFailure
}

/** One task of a saved plan that was not reached, as programs read it. */
type NotReachedRecord = Pick<TaskRecord, 'host' | 'task' | 'module' | 'item' | 'changes' | 'file' | 'line'> &
  Pick<NotReached, 'mark'>

/** The one document that --output json prints. */
type RunRecord = {
  readonly hosts: {readonly [host: string]: HostSummary}
  readonly tasks: readonly TaskRecord[]
  /** Of `apply` alone. */
  readonly not_reached?: readonly NotReachedRecord[]
  /** Milliseconds of the whole run. */
  readonly ms: number
  readonly exit: ExitCode
}

/** A report that prints exactly one JSON document, when it is closed. Secrets that are learned late are hidden too. */
export function jsonReport({stdout, mask, now = Date.now}: ReportOptions): Report {
  const started = now()
  const results: TaskResult[] = []
  const left: Extract<RunEvent, {type: 'not-reached'}>[] = []
  let finished: Extract<RunEvent, {type: 'run-finished'}> | undefined
  return {
    listen: event => {
      if (event.type === 'task-finished') results.push(event.result)
      if (event.type === 'not-reached') left.push(event)
      if (event.type === 'run-finished') finished = event
    },
    close: async (exit = 70) => {
      const {hosts, ms, exit: ended} = finished ?? {hosts: {}, ms: now() - started, exit}
      const named = Object.fromEntries(Object.entries(hosts).map(([host, summary]) => [mask(host), summary]))
      const tasks = results.map(result => taskRecord(maskResult(result, mask)))
      const not_reached = left.flatMap(event => notReachedRecords(event, mask))
      const record: RunRecord = {hosts: named, tasks, ...(left.length > 0 && {not_reached}), ms, exit: ended}
      stdout.write(`${JSON.stringify(record)}\n`)
      await written(stdout)
    },
  }
}

/** The record of a result. */
export function taskRecord(result: TaskResult): TaskRecord {
  const {host, delegate, task, module, item, status, changes, source, ms, message, failure} = result
  return {
    host,
    ...(delegate === undefined ? {} : {delegate}),
    task,
    module,
    ...(item === undefined ? {} : {item}),
    status,
    changes,
    file: source.file,
    line: source.line,
    ms,
    ...(message === undefined ? {} : {message}),
    ...(failure === undefined ? {} : {failure}),
  }
}

/** The records of what was not reached on a host, with secrets hidden. */
export function notReachedRecords(
  event: Extract<RunEvent, {type: 'not-reached'}>,
  mask: (text: string) => string = text => text,
): readonly NotReachedRecord[] {
  const masked = maskEvent(event, mask)
  if (masked.type !== 'not-reached') return []
  return masked.tasks.map(({source: {file, line}, ...task}) => ({host: masked.host, ...task, file, line}))
}
