import type {TaskFailure} from '../errors.ts'
import type {Change, Value, Values} from '../module.ts'
import type {Task} from '../play.ts'
import {test} from '../template/template.ts'
import type {Variables} from '../template/variables.ts'

/** What a module made of a task, before the playbook's own words about it are heard. */
export type Done = {
  readonly changed: boolean
  readonly skipped?: boolean
  /** There was no way to the host. */
  readonly unreachable?: boolean
  readonly failure?: TaskFailure
  readonly result: Values
  readonly changes: readonly Change[]
  readonly message?: string
  /** The failure tells nothing of the task's own output: no_log need not hide it. */
  readonly ours?: true
}

/** A task's end after changed_when, failed_when and until; `again` asks for another try. */
export type Verdict = {readonly done: Done; readonly registered: Values; readonly again: boolean}

/** Applies changed_when, failed_when and until, which see the task's own result under its register name, if it has one. */
export function judge(task: Task, done: Done, scope: Variables, tries: number): Verdict {
  const changed = done.skipped ? false : (ask(task.changedWhen, task, done, scope) ?? done.changed)
  const failed = done.skipped
    ? false
    : (ask(task.failedWhen, task, {...done, changed}, scope) ?? done.failure !== undefined)
  const failure = failed ? (done.failure ?? {message: `failed_when: ${task.failedWhen?.join(' and ')}`}) : undefined
  const {failure: _, ...rest} = done
  const judged: Done = {...rest, changed, ...(failure ? {failure} : {})}
  const held = done.skipped || (ask(task.until, task, judged, scope) ?? true)
  const attempts = task.until && !done.skipped ? {attempts: tries + 1} : {}
  const end = (one: Done, again = false) => ({done: one, registered: {...registeredResult(one), ...attempts}, again})
  if (held) return end(judged)
  if (tries < task.retries) return end(judged, true)
  const gaveUp: Done = {
    ...judged,
    failure: failure ?? {message: `not so after ${tries + 1} tries: ${task.until?.join(' and ')}`, ...excerpt(judged)},
  }
  return end(gaveUp)
}

function ask(
  expressions: readonly string[] | undefined,
  task: Task,
  done: Done,
  scope: Variables,
): boolean | undefined {
  if (expressions === undefined) return undefined
  return test(expressions, task.register === undefined ? scope : scope.with({[task.register]: registeredResult(done)}))
}

/** What `register` gets, with Ansible's names. */
function registeredResult(done: Done): Values {
  const failed = done.failure !== undefined
  const message: Value | undefined = done.failure?.message ?? done.message
  return {
    ...done.result,
    changed: done.changed,
    failed,
    ...(done.skipped ? {skipped: true} : {}),
    ...(message !== undefined && done.result.msg === undefined ? {msg: message} : {}),
  }
}

/** What the last try saw, shortened: people want to know what it was instead. */
function excerpt(done: Done): {stdout?: string} {
  const text = JSON.stringify(done.result)
  return text === '{}' ? {} : {stdout: text.length > 600 ? `${text.slice(0, 600)}…` : text}
}
