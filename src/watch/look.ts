import type {Change, Value} from '../module.ts'

/** How a look found a host. */
export type HostState = 'clean' | 'drifted' | 'unreachable'

/** One thing that differed, as the drift record tells it; long values are cut. */
export type Differed = {
  readonly host: string
  readonly kind: string
  readonly task: string
  readonly item?: string
  readonly file: string
  readonly line: number
  readonly changes: readonly Change[]
  readonly message?: string
  readonly hidden?: true
}

/** A line of the history: one look at the hosts, or why there was none. Secrets are hidden. */
export type Look = {
  readonly version: 1
  /** When it began, in UTC. */
  readonly time: string
  /** The worst of the hosts; `skipped` when another look was under way, `failed` when it could not begin or end. */
  readonly state: HostState | 'skipped' | 'failed'
  readonly hosts: {readonly [host: string]: HostState}
  readonly drifted: readonly Differed[]
  /** Milliseconds. */
  readonly ms: number
  /** Why there was no look. */
  readonly message?: string
}

/** Letters of a value that the history keeps: it says what differs, and is no backup. */
const kept = 4000

/** A look that began now and was none: skipped or failed, and why. */
export function noLook(state: 'skipped' | 'failed', message: string): Look {
  return {version: 1, time: new Date().toISOString(), state, hosts: {}, drifted: [], ms: 0, message}
}

/** The state of all hosts in a word: the worst of them. */
export function worst(hosts: Look['hosts']): HostState {
  const states = Object.values(hosts)
  return states.includes('unreachable') ? 'unreachable' : states.includes('drifted') ? 'drifted' : 'clean'
}

/** The change with long values cut. */
export function shortened({what, before, after}: Change): Change {
  return {what, before: cut(before), after: cut(after)}
}

function cut(value: Value): Value {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length <= kept ? value : `${text.slice(0, kept)} (${text.length - kept} more characters)`
}
