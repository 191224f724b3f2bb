import type {RunEvent, TaskResult} from '../engine/events.ts'

/** What a run did to one host, kept for the end. */
export type HostTally = {
  readonly host: string
  readonly changed: TaskResult[]
  readonly failed: TaskResult[]
  unreachable: string | undefined
}

/** Keeps what the end of a report needs: per host what changed and what failed, in the order of the inventory. */
export class Tally {
  check = false
  readonly #hosts = new Map<string, HostTally>()

  /** Takes in an event of the run. */
  listen(event: RunEvent): void {
    if (event.type === 'run-started') this.#start(event.hosts, event.check)
    if (event.type === 'task-finished') this.#finish(event.result)
    if (event.type === 'host-unreachable') this.#of(event.host).unreachable = event.message
  }

  /** All hosts that anything happened to. */
  get hosts(): readonly HostTally[] {
    return [...this.#hosts.values()]
  }

  #start(hosts: readonly string[], check: boolean): void {
    this.check = check
    for (const host of hosts) this.#of(host)
  }

  #finish(result: TaskResult): void {
    if (result.status === 'changed') this.#of(result.host).changed.push(result)
    if (result.status === 'failed') this.#of(result.host).failed.push(result)
  }

  #of(host: string): HostTally {
    const known = this.#hosts.get(host)
    if (known !== undefined) return known
    const fresh = {host, changed: [], failed: [], unreachable: undefined}
    this.#hosts.set(host, fresh)
    return fresh
  }
}
