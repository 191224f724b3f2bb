import type {RunEvent, Status, TaskResult} from '../engine/events.ts'
import {taskTitle} from './result-lines.ts'
import {oneLine} from './style.ts'
import {type HostPlace, type HostState, hiddenHosts, shorten, visibleHosts} from './window.ts'
import {changedWords, count, elapsed} from './words.ts'

/** What a list of hosts shows at one moment. */
export type View = {
  readonly heading: string
  /** Every host of the play; an empty text means that its row is not shown. */
  readonly rows: ReadonlyMap<string, {readonly state: HostState; readonly text: string}>
  /** What is said of the hosts that are not shown; may be empty. */
  readonly more: string
}

type HostBoard = {
  readonly host: string
  state: HostState
  doing: string
  /** When it began what it is doing; milliseconds of the clock. */
  since: number
  readonly counts: Map<Status, number>
}

/** What is known of a play while it goes: which host does what, since when. */
export class PlayBoard {
  readonly play: string
  readonly #hosts: ReadonlyMap<string, HostBoard>
  readonly #started: number

  constructor(play: string, hosts: readonly string[], now: number) {
    this.play = oneLine(play)
    this.#started = now
    this.#hosts = new Map(hosts.map(host => [host, freshHost(host, now)]))
  }

  /** Takes in an event of this play at a time of the clock. */
  listen(event: RunEvent, now: number): void {
    const name = event.type === 'task-finished' ? event.result.host : 'host' in event ? event.host : undefined
    const host = name === undefined ? undefined : this.#hosts.get(name)
    if (host !== undefined) update(host, event, now)
  }

  /** The screen for a terminal of so many columns, with so many rows free below the heading. */
  view(now: number, columns: number, room: number): View {
    const hosts = [...this.#hosts.values()]
    const visible = visibleHosts(hosts, hosts.length > room ? room - 1 : room)
    const shown = hosts.filter(({host}) => visible.has(host))
    const widths = {host: hostWidth(shown, columns), time: Math.max(0, ...shown.map(host => time(host, now).length))}
    const rows = hosts.map(host => {
      const text = visible.has(host.host) ? rowText(host, now, widths) : ''
      return [host.host, {state: host.state, text}] as const
    })
    return {
      heading: this.#heading(now, columns),
      rows: new Map(rows),
      more: hiddenHosts(hosts, visible, columns - margin),
    }
  }

  /** How the play ended, in one line: its counts over all hosts. */
  outcome(now: number, check: boolean): {readonly failed: boolean; readonly text: string} {
    const hosts = [...this.#hosts.values()]
    const failed = hosts.filter(({state}) => state === 'failed').length
    const changed = hosts.reduce((sum, {counts}) => sum + (counts.get('changed') ?? 0), 0)
    const parts = [
      count(hosts.length, 'host'),
      changedWords(changed, check),
      ...(failed > 0 ? [`failed on ${count(failed, 'host')}`] : []),
      elapsed(now - this.#started),
    ]
    return {failed: failed > 0, text: `${this.play}  ${parts.join(', ')}`}
  }

  #heading(now: number, columns: number): string {
    const hosts = [...this.#hosts.values()]
    const ended = hosts.filter(({state}) => state === 'done' || state === 'failed').length
    const progress = hosts.length > 1 ? `  ${ended} of ${hosts.length} hosts` : ''
    const rest = `${progress}  ${elapsed(now - this.#started)}`
    return `${shorten(this.play, columns - margin - rest.length)}${rest}`
  }
}

/** Columns that a row's indentation, mark and right edge take. */
const margin = 6

function freshHost(host: string, now: number): HostBoard {
  return {host, state: 'waiting', doing: 'waiting', since: now, counts: new Map()}
}

/** A host that failed stays so in this play, though tasks of an `always` may still run on it. */
function update(host: HostBoard, event: RunEvent, now: number): void {
  if (event.type === 'task-finished') tell(host, event.result)
  if (host.state === 'failed') return
  if (event.type === 'connecting') begin(host, 'connecting', now)
  if (event.type === 'looking') begin(host, `looking at ${count(event.tasks, 'task')}`, now)
  if (event.type === 'task-started') begin(host, taskTitle(event), now)
  if (event.type === 'sending')
    host.doing = `${oneLine(event.task)}: sent ${Math.floor((100 * event.bytes) / event.size)} %`
  if (event.type === 'host-unreachable') end(host, 'failed', `unreachable: ${oneLine(event.message)}`)
  if (event.type === 'host-finished') end(host, 'done', counted(host.counts))
}

function begin(host: HostBoard, doing: string, now: number): void {
  host.state = 'running'
  host.doing = doing
  host.since = now
}

function tell(host: HostBoard, result: TaskResult): void {
  host.counts.set(result.status, (host.counts.get(result.status) ?? 0) + 1)
  if (result.status === 'failed') end(host, 'failed', `failed: ${taskTitle(result)}`)
}

function end(host: HostBoard, state: HostState, doing: string): void {
  host.state = state
  host.doing = doing
}

function counted(counts: ReadonlyMap<Status, number>): string {
  const told = (['changed', 'ok', 'rescued', 'ignored'] as const).filter(status => counts.has(status))
  return told.map(status => `${counts.get(status)} ${status}`).join(', ') || 'nothing to do'
}

/** Names take two fifths of the terminal at most. */
function hostWidth(hosts: readonly HostPlace[], columns: number): number {
  return Math.min(Math.max(0, ...hosts.map(({host}) => host.length)), Math.floor(columns * 0.4))
}

function time(host: HostBoard, now: number): string {
  return host.state === 'running' ? elapsed(now - host.since) : ''
}

function rowText(host: HostBoard, now: number, widths: {readonly host: number; readonly time: number}): string {
  const name = shorten(host.host, widths.host).padEnd(widths.host)
  const clock = widths.time === 0 ? '' : `  ${time(host, now).padStart(widths.time)}`
  return `${name}${clock}  ${host.doing}`
}
