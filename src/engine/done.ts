import {Bug, ConfigError, TaskError, type TaskFailure} from '../errors.ts'
import type {Values} from '../module.ts'
import type {Task} from '../play.ts'
import {TemplateError} from '../template/template-error.ts'
import type {Status} from './events.ts'
import type {Answer, TaskNode} from './node.ts'
import {NotAsPlanned} from './not-as-planned.ts'
import type {Done} from './verdict.ts'

/** A task that was left out, and why. */
export function skipped(message: string): Done {
  return {changed: false, skipped: true, result: {skip_reason: message}, changes: [], message}
}

/** A task whose loop has no items: as in Ansible, what goes over its results finds an empty list. */
export function withoutItems(message: string): Done {
  return {...skipped(message), result: {skipped_reason: 'No items in the list', results: []}}
}

/** A task that failed. Our own mistakes are not a task's failure: they are thrown on. */
export function failedBy(error: unknown): Done {
  if (error instanceof Bug || !(error instanceof Error)) throw error
  const known = error instanceof TaskError || error instanceof ConfigError || error instanceof TemplateError
  if (!known) throw error
  const failure: TaskFailure = error instanceof TaskError ? error.failure : {message: error.message, ...hintOf(error)}
  const plain = {changed: false, failure, result: {}, changes: []}
  return error instanceof NotAsPlanned ? {...plain, changes: error.moved, ours: true} : plain
}

function hintOf(error: Error): {hint?: string} {
  return error instanceof TemplateError && error.suggestion !== undefined ? {hint: error.suggestion} : {}
}

/** A task that found the host as wanted, or one on which what is wanted is impossible. */
export function answered(answer: Answer): Done {
  if (answer.impossible) return failedBy(answer.impossible)
  const result = answer.plan.result(undefined)
  // A module whose `creates` is there says that it was left out.
  const {skipped: left, msg} = result
  if (left === true) return {changed: false, skipped: true, result, changes: [], message: String(msg ?? '')}
  return {changed: false, result, changes: []}
}

const notRun = 'Command would have run if not in check mode'

/** What check mode says of a task with changes: it would change; what only acts is left out, as Ansible does. */
export function wouldChange(node: TaskNode, answer: Answer): Done {
  const {ready, task} = node
  const foreseen = ready.kind === 'host' ? ready.bound.foreseen : undefined
  if (task.module.kind === 'host' && task.module.action && foreseen === undefined) return skipped('check mode')
  const result = answer.plan.result(undefined)
  if (foreseen === 'skipped') return {...skipped('check mode'), result: {...result, msg: notRun}}
  if (foreseen === 'changed') return {changed: true, result: {...result, msg: notRun}, changes: answer.plan.changes}
  return {changed: true, result, changes: answer.plan.changes}
}

/** The one word for how a task ended. */
export function statusOf(task: Task, done: Done, rescued: boolean): Status {
  if (done.unreachable) return 'unreachable'
  if (done.failure) return task.ignoreErrors ? 'ignored' : rescued ? 'rescued' : 'failed'
  if (done.skipped) return 'skipped'
  return done.changed ? 'changed' : 'ok'
}

/** A failure under no_log: that it failed, and nothing else. */
export function hidden(failure: TaskFailure): TaskFailure {
  return {
    message: 'the task failed; its output is hidden by no_log',
    ...(failure.exitCode === undefined ? {} : {exitCode: failure.exitCode}),
    hint: 'set no_log: false for this task to see why',
  }
}

/** Variables out of `ansible_facts`: each as itself, and all of them without the prefix in `ansible_facts`. */
export function factsOf(facts: Values, before: Values): Values {
  const plain = Object.fromEntries(Object.entries(facts).map(([name, value]) => [name.replace(/^ansible_/, ''), value]))
  return {...facts, ansible_facts: {...before, ...plain}}
}
