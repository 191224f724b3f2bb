import {createHash} from 'node:crypto'
import {join, parse} from 'node:path'
import {stateFolder} from '../state-folder.ts'

/** What is watched: inventories and a playbook, with whole paths (an inventory may be a list of hosts). */
export type Watched = {readonly inventories: readonly string[]; readonly playbook: string}

/** Where all that is known of a watch lies; `id` names it in units and locks. */
export type WatchPlace = {
  readonly id: string
  readonly folder: string
  /** One look in each line, as JSON. */
  readonly history: string
  /** Who is told, with addresses that may be secret. */
  readonly targets: string
  /** What each of them was told last. */
  readonly told: string
}

/** The place of a watch: in the state folder, one for each inventory with playbook. */
export function watchPlace({inventories, playbook}: Watched): WatchPlace {
  const digest = createHash('sha256')
    .update(JSON.stringify([inventories, playbook]))
    .digest('hex')
    .slice(0, 8)
  const words = [parse(inventories.at(-1) ?? '').name, parse(playbook).name].map(word => word.replace(/[^\w-]+/g, '_'))
  const id = [...words, digest].join('-')
  const folder = join(stateFolder(), 'drift', id)
  const file = (name: string) => join(folder, name)
  return {id, folder, history: file('history.jsonl'), targets: file('targets.json'), told: file('told.json')}
}
