import {createHash} from 'node:crypto'
import type {HostState, Look} from './look.ts'

/** The state of each host that somebody was told last. */
export type Told = {readonly [host: string]: HostState}

/** A host whose state is another than the one that was told. */
export type HostChange = {readonly host: string; readonly from: HostState; readonly to: HostState}

/** What is told of a look: the changes, and what has drifted, without the values that differ. */
export type Message = {
  readonly version: 1
  /** The same for every attempt to tell the same change, the next look's too: who was told already can leave it out. */
  readonly id: string
  readonly time: string
  readonly watch: string
  readonly text: string
  readonly changes: readonly HostChange[]
  readonly hosts: Look['hosts']
  readonly drifted: readonly {
    readonly host: string
    readonly kind: string
    readonly task: string
    readonly item?: string
  }[]
}

/** The hosts of the look whose state was not told yet; one that nobody was told of counts as clean. */
export function changesSince(told: Told, {hosts}: Look): readonly HostChange[] {
  return Object.entries(hosts).flatMap(([host, to]) => {
    const from = told[host] ?? 'clean'
    return from === to ? [] : [{host, from, to}]
  })
}

/** The message about changes that a look found: the so-manieth to whom it is for. */
export function messageOf(watch: string, look: Look, changes: readonly HostChange[], number: number): Message {
  const {time, hosts} = look
  const drifted = look.drifted
    .filter(({host}) => changes.some(change => change.host === host))
    .map(({host, kind, task, item}) => ({host, kind, task, ...(item !== undefined && {item})}))
  const id = createHash('sha256')
    .update(JSON.stringify([watch, number, changes]))
    .digest('hex')
    .slice(0, 32)
  const lines = changes.flatMap(change => [
    `${change.host}: ${words[change.to]} (was ${words[change.from]})`,
    ...drifted
      .filter(({host}) => host === change.host && change.to === 'drifted')
      .map(({task, item, kind}) => `  - ${item === undefined ? task : `${task} (${item})`} [${kind}]`),
  ])
  return {version: 1, id, time, watch, text: [`provision: ${watch}`, ...lines].join('\n'), changes, hosts, drifted}
}

const words = {clean: 'in order', drifted: 'drifted', unreachable: 'unreachable'}
