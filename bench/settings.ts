import type {Setting} from './matrix.ts'
import {type Work, works} from './plays/work.ts'
import type {Load} from './scale.ts'
import {ansible, mitogen} from './tools/ansible.ts'
import {provision} from './tools/provision.ts'
import type {Tool} from './tools/tool.ts'

/** All that one command measures. */
export type Course = {
  readonly settings: readonly Setting[]
  /** Whether our own playbook is measured, too, on a host of its own. */
  readonly site: boolean
  /** What is simulated, for the controller's own cost. */
  readonly scales: readonly Load[]
}

type Choice = {
  readonly hosts: readonly number[]
  /** Milliseconds. */
  readonly roundTrips: readonly number[]
  /** Undefined is all of them, and what goes with them. */
  readonly works: readonly Work[] | undefined
  /** Tools that not every machine has. */
  readonly more: readonly Tool[]
}

/** Works by all tools, on so many hosts, so many milliseconds away. The large files go to one host only, and the site to a near one. */
export function whole(choice: Choice): Course {
  const settings = choice.hosts.flatMap(hosts =>
    choice.roundTrips.map(roundTrip => ({
      hosts,
      roundTrip,
      times: 3,
      tools: [provision, ansible, mitogen, ...choice.more],
      works: (choice.works ?? works).filter(({name}) => !name.endsWith('MB file') || hosts === 1),
    })),
  )
  const isAll = choice.works === undefined
  return {
    settings,
    site: isAll && settings.some(isNearest),
    scales: isAll ? scale.scales : [],
  }
}

/** The controller's own cost alone: with more hosts, and with more tasks. */
export const scale: Course = {
  settings: [],
  site: false,
  scales: [
    ...[1, 10, 50, 100, 200, 500].map(hosts => ({hosts, tasks: 30})),
    ...[300, 3000].map(tasks => ({hosts: 10, tasks})),
  ],
}

/** What the wanted ratios are about, and one look at the others. */
export const quick: Course = {
  settings: [
    {hosts: 1, roundTrip: 0, times: 1, tools: [provision, ansible, mitogen], works: named('no-op')},
    {hosts: 1, roundTrip: 0, times: 1, tools: [provision], works: named('first apply', '100 small files')},
    {hosts: 1, roundTrip: 0, times: 5, tools: [provision], works: named('no-op', '2 MB file')},
    // Both scp and ours take 15 % more or less from one run to the next.
    {hosts: 1, roundTrip: 0, times: 11, tools: [provision], works: named('200 MB file')},
    {hosts: 1, roundTrip: 100, times: 3, tools: [provision], works: named('no-op')},
    {hosts: 10, roundTrip: 0, times: 1, tools: [provision], works: named('first apply')},
    {hosts: 10, roundTrip: 0, times: 3, tools: [provision], works: named('no-op')},
    {hosts: 10, roundTrip: 100, times: 3, tools: [provision], works: named('no-op')},
  ],
  site: true,
  scales: [{hosts: 200, tasks: 30}],
}

/** Where the site's figures belong. */
export function isNearest({hosts, roundTrip}: Pick<Setting, 'hosts' | 'roundTrip'>): boolean {
  return hosts === 1 && roundTrip === 0
}

function named(...names: readonly Work['name'][]): readonly Work[] {
  return works.filter(({name}) => names.includes(name))
}
