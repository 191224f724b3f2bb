import type {Include} from '../play.ts'
import {hidden, statusOf} from './done.ts'
import type {Status} from './events.ts'
import {markOf} from './foresight.ts'
import type {HostRun} from './host-run.ts'
import {elsewhereOf, type TaskNode} from './node.ts'
import {sightingOf} from './sighting.ts'
import {loopStatus} from './tally.ts'
import {itemOf, titleOf} from './title.ts'
import type {Done} from './verdict.ts'

/** Counts a task that ended and tells what became of it; no_log hides all but its name and end. */
export function tell(run: HostRun, node: TaskNode, done: Done, {ms, rescued}: {ms: number; rescued: boolean}): void {
  const {task} = node
  const status = statusOf(task, done, rescued)
  const quiet = task.noLog || status === 'ok' || status === 'skipped'
  // There is such an end only where the task goes on without its host.
  count(run, node, status === 'unreachable' ? 'ignored' : status, done.changed)
  foretell(run, node, status, done)
  run.options.guard?.ended(sightingOf(run, node))
  run.options.emit({
    type: 'task-finished',
    result: {
      host: run.options.host,
      ...delegateOf(node),
      task: titleOf(node, run.variables),
      module: task.module.name,
      status,
      changes: quiet ? [] : done.changes,
      source: task.source,
      ms: Math.round(ms),
      noLog: task.noLog,
      ...(task.diff === undefined ? {} : {diff: task.diff}),
      ...itemOf(node),
      ...(done.message !== undefined && !task.noLog ? {message: done.message} : {}),
      ...(done.failure ? {failure: task.noLog && !done.ours ? hidden(done.failure) : done.failure} : {}),
    },
  })
}

/** In a plan, what ended as it would in a run is foreseen by that. */
function foretell(run: HostRun, node: TaskNode, status: Status, {message, failure}: Done): void {
  const reason = message === undefined || node.task.noLog ? {} : {reason: message}
  const shown = failure && (node.task.noLog ? hidden(failure) : failure)
  const seen = sightingOf(run, node)
  run.options.foresight?.add({...seen, mark: markOf(status), ...reason, ...(shown && {failure: shown})})
}

function delegateOf(node: TaskNode): {delegate?: string} {
  const other = elsewhereOf(node)
  return other ? {delegate: other.name} : {}
}

/** A loop is counted once, with its last item. */
function count({options}: HostRun, {item}: TaskNode, status: Status, changed: boolean): void {
  if (!item) return options.tally.add(status, changed)
  const {statuses, size} = item.loop
  statuses.push(status)
  if (statuses.length === size) options.tally.add(loopStatus(statuses), changed || statuses.includes('changed'))
}

/** What is named where a file could not be read. */
export type Reading = Pick<Include, 'name' | 'file' | 'source'> & {readonly word: string}

/** Tells that an include, or another file that is read while the play runs, failed. */
export function tellFailedInclude({options}: HostRun, {word, name, file, source}: Reading, {failure}: Done): void {
  options.tally.add('failed')
  const task = name ?? (file === '' ? word : `${word}: ${file}`)
  const what = {host: options.host, task, module: word, source, changes: [], ms: 0, noLog: false}
  options.emit({type: 'task-finished', result: {...what, status: 'failed', ...(failure ? {failure} : {})}})
}
