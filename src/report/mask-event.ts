import type {HostSummary, NotReached, RunEvent, TaskResult} from '../engine/events.ts'
import type {TaskFailure} from '../errors.ts'
import type {Change, Value} from '../module.ts'
import {isList} from '../value.ts'

type Masked = (text: string) => string

/** The event with secrets hidden in every text, before anything shortens, escapes or colors it. */
export function maskEvent(event: RunEvent, mask: Masked): RunEvent {
  switch (event.type) {
    case 'run-started':
      return {...event, playbook: mask(event.playbook), hosts: event.hosts.map(mask)}
    case 'play-started':
      return {...event, play: mask(event.play), hosts: event.hosts.map(mask)}
    case 'connecting':
    case 'looking':
    case 'host-finished':
      return {...event, host: mask(event.host)}
    case 'task-started':
      return texts(event, ['host', 'task', 'item'], mask)
    case 'sending':
      return texts(event, ['host', 'task'], mask)
    case 'task-finished':
      return {...event, result: maskResult(event.result, mask)}
    case 'host-unreachable':
      return texts(event, ['host', 'message', 'hint'], mask)
    case 'notice':
      return texts(event, ['host', 'message'], mask)
    case 'not-reached':
      return {...event, host: mask(event.host), tasks: event.tasks.map(task => maskNotReached(task, mask))}
    case 'run-finished':
      return {...event, hosts: maskKeys(event.hosts, mask)}
  }
}

/** The result with secrets hidden in every text. */
export function maskResult(result: TaskResult, mask: Masked): TaskResult {
  return {
    ...texts(result, ['host', 'delegate', 'task', 'module', 'item', 'message'], mask),
    changes: result.changes.map(change => maskChange(change, mask)),
    source: {...result.source, file: mask(result.source.file)},
    ...(result.failure === undefined ? {} : {failure: maskFailure(result.failure, mask)}),
  }
}

function maskNotReached(task: NotReached, mask: Masked): NotReached {
  return {...texts(task, ['task', 'item'], mask), changes: task.changes.map(change => maskChange(change, mask))}
}

function maskFailure(failure: TaskFailure, mask: Masked): TaskFailure {
  return texts(failure, ['message', 'command', 'stdout', 'stderr', 'hint'], mask)
}

function maskChange(change: Change, mask: Masked): Change {
  return {what: mask(change.what), before: maskValue(change.before, mask), after: maskValue(change.after, mask)}
}

function maskValue(value: Value, mask: Masked): Value {
  if (typeof value === 'string') return mask(value)
  if (typeof value === 'number') return mask(String(value)) === String(value) ? value : mask(String(value))
  if (value === null || typeof value === 'boolean') return value
  if (isList(value)) return value.map(entry => maskValue(entry, mask))
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [mask(key), maskValue(entry, mask)]))
}

function maskKeys(hosts: {readonly [host: string]: HostSummary}, mask: Masked): {[host: string]: HostSummary} {
  return Object.fromEntries(Object.entries(hosts).map(([host, summary]) => [mask(host), summary]))
}

/** A copy with the named fields masked, as far as they are there. */
function texts<From extends object>(from: From, keys: readonly (keyof From)[], mask: Masked): From {
  const copy = {...from}
  for (const key of keys) {
    const text = copy[key]
    if (typeof text === 'string') copy[key] = mask(text) as From[typeof key]
  }
  return copy
}
