import type {Setting} from './matrix.ts'
import {type Work, works} from './plays/work.ts'
import {ansible, mitogen} from './tools/ansible.ts'
import {provision} from './tools/provision.ts'
import type {Tool} from './tools/tool.ts'

/** All works by all tools (`more` are those that not every machine has), on so many hosts, so many milliseconds away. The large files go to one near host only. */
export function whole(
  counts: readonly number[],
  roundTrips: readonly number[],
  more: readonly Tool[],
): readonly Setting[] {
  return counts.flatMap(hosts =>
    roundTrips.map(roundTrip => ({
      hosts,
      roundTrip,
      times: 3,
      tools: [provision, ansible, mitogen, ...more],
      works: works.filter(({name}) => !name.endsWith('MB file') || (hosts === 1 && roundTrip === 0)),
    })),
  )
}

/** What the wanted ratios are about, and one look at the others. */
export const quick: readonly Setting[] = [
  {hosts: 1, roundTrip: 0, times: 1, tools: [provision, ansible, mitogen], works: named('first apply', 'no-op')},
  {
    hosts: 1,
    roundTrip: 0,
    times: 5,
    tools: [provision],
    works: named('no-op', '100 small files', '2 MB file', '200 MB file'),
  },
  {hosts: 1, roundTrip: 100, times: 5, tools: [provision], works: named('no-op')},
  {hosts: 10, roundTrip: 0, times: 5, tools: [provision], works: named('first apply', 'no-op')},
  {hosts: 10, roundTrip: 100, times: 5, tools: [provision], works: named('no-op')},
]

/** How many hosts are simulated, for the controller's own cost. */
export const scales = {whole: [1, 50, 100, 200, 500], quick: [200]} as const

function named(...names: readonly Work['name'][]): readonly Work[] {
  return works.filter(({name}) => names.includes(name))
}
