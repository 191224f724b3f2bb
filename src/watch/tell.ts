import {existsSync} from 'node:fs'
import {readFile} from 'node:fs/promises'
import {writePrivateFile} from '../write-file.ts'
import {changesSince, messageOf, type Told} from './changes.ts'
import {deliver} from './deliver.ts'
import type {Look} from './look.ts'
import type {WatchPlace} from './place.ts'
import {shownTarget, type Target, targetKey} from './targets.ts'

/** What each target was told, by its key: how many messages, and the state of each host in the last one that named it. */
type ToldFile = {readonly [target: string]: {readonly messages: number; readonly hosts: Told}}

/** Tells each target what changed since it was told last; what cannot be told now stays to be told by the next look. */
export async function tell(
  place: WatchPlace,
  look: Look,
  targets: readonly Target[],
  say: (line: string) => void,
): Promise<void> {
  for (const target of targets) await tellOne(place, look, target, say)
}

async function tellOne(place: WatchPlace, look: Look, target: Target, say: (line: string) => void): Promise<void> {
  const all = await readTold(place.told)
  const key = targetKey(target)
  const {messages, hosts} = all[key] ?? {messages: 0, hosts: {}}
  const changes = changesSince(hosts, look)
  if (changes.length === 0) return
  const failure = await deliver(target, messageOf(place.id, look, changes, messages + 1))
  if (failure !== undefined) return say(`${shownTarget(target)} was not told: ${failure}; the next look tries again`)
  // Written at once: whatever happens to the others, this one is not told twice.
  const told = {messages: messages + 1, hosts: {...hosts, ...look.hosts}}
  await writePrivateFile(place.told, `${JSON.stringify({...all, [key]: told})}\n`)
  say(`${shownTarget(target)} was told: ${changes.map(({host, to}) => `${host} ${to}`).join(', ')}`)
}

async function readTold(file: string): Promise<ToldFile> {
  return existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : {}
}
