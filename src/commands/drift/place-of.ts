import {resolve} from 'node:path'
import {isHostList} from '../../inventory/host-list.ts'
import {type Watched, type WatchPlace, watchPlace} from '../../watch/place.ts'
import {findInventory, findPlaybook} from '../run/find-files.ts'

/** Where what is known of looks at these inventories with this playbook lies. Throws UsageError when one of them is not there. */
export function placeOf(playbook: string, flags: {readonly inventory: readonly string[]}): WatchPlace {
  return watchPlace(watchedOf(playbook, flags))
}

/** Inventories and playbook of the command line with whole paths. Throws UsageError when one of them is not there. */
export function watchedOf(playbook: string, {inventory}: {readonly inventory: readonly string[]}): Watched {
  const inventories = inventory.map(name => (isHostList(name) ? name : resolve(findInventory(name))))
  return {inventories, playbook: resolve(findPlaybook(playbook))}
}
