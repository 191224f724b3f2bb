import type {Report} from '../../report/report.ts'

/** A report of what a plan does not hold: notices and hosts that were not reached; and the round trips of each host. */
export function trouble(report: Report): {readonly report: Report; readonly trips: () => ReadonlyMap<string, number>} {
  const trips = new Map<string, number>()
  const listen: Report['listen'] = event => {
    if (event.type === 'notice' || event.type === 'host-unreachable') report.listen(event)
    if (event.type !== 'run-finished') return
    for (const [host, summary] of Object.entries(event.hosts)) trips.set(host, summary.trips)
  }
  return {report: {...report, listen}, trips: () => trips}
}
