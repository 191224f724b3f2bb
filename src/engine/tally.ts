import type {Values} from '../module.ts'
import type {HostSummary, Status} from './events.ts'

/** Counts a host's tasks with Ansible's words: `ok` includes what changed and what was ignored. */
export class Tally {
  readonly #counts = {ok: 0, changed: 0, failed: 0, skipped: 0, rescued: 0, ignored: 0, unreachable: 0}

  /** `changed` counts for a failure that is ignored: a command that failed has run. */
  add(status: Status, changed = false): void {
    this.#counts[status]++
    if (status === 'changed' || status === 'ignored') this.#counts.ok++
    if (status === 'ignored' && changed) this.#counts.changed++
  }

  summary(trips: number): HostSummary {
    return {...this.#counts, trips}
  }
}

/** A loop counts as one task: failed if one item failed, changed if one changed, skipped if all were. */
export function loopStatus(statuses: readonly Status[]): Status {
  const order: readonly Status[] = ['failed', 'rescued', 'ignored', 'changed', 'ok', 'skipped']
  return order.find(status => statuses.includes(status)) ?? 'skipped'
}

/** Whether an item that ended so makes its task fail. */
export function isFailure(status: Status): boolean {
  return status === 'failed' || status === 'rescued'
}

/** What a loop's task registers: the results of its items, and what became of them together. */
export function wholeLoop(results: readonly Values[]): Values {
  const some = (key: string) => results.some(one => one[key] === true)
  const skipped = results.every(one => one.skipped === true)
  const msg = some('failed') ? 'One or more items failed' : skipped ? 'All items skipped' : 'All items completed'
  return {results: [...results], changed: some('changed'), failed: some('failed'), ...(skipped && {skipped}), msg}
}
