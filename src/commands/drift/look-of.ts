import type {ExitCode} from '../../engine/events.ts'
import type {DriftRecord, HostDrift} from '../../report/drift-record.ts'
import {type Differed, type HostState, type Look, shortened, worst} from '../../watch/look.ts'

/** What the history keeps of a look: states and what differs, without hints and long values. */
export function lookOf({time, hosts, drifted, ms, exit}: DriftRecord): Look {
  const states = Object.fromEntries(Object.entries(hosts).map(([host, found]) => [host, stateOf(found)]))
  const found = {version: 1, time, state: worst(states), hosts: states, drifted: drifted.map(differed), ms} as const
  return ended.includes(exit)
    ? found
    : {...found, state: 'failed', hosts: {}, message: `it ended with exit code ${exit}`}
}

/** In order, drifted, unreachable; with another exit code not every host was looked at to the end. */
const ended: readonly ExitCode[] = [0, 2, 4]

function stateOf({state}: HostDrift): HostState {
  return state === 'in order' ? 'clean' : state
}

function differed(one: DriftRecord['drifted'][number]): Differed {
  const {host, kind, task, item, file, line, changes, message, hidden} = one
  return {
    host,
    kind,
    task,
    ...(item !== undefined && {item}),
    file,
    line,
    changes: hidden ? [] : changes.map(shortened),
    ...(message !== undefined && {message}),
    ...(hidden && {hidden}),
  }
}
