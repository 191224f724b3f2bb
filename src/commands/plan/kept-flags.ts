import {resolve} from 'node:path'
import {isHostList} from '../../inventory/host-list.ts'
import type {PlannedFlags} from '../../plan/saved-plan.ts'
import {findInventory} from '../run/find-files.ts'
import type {RunFlags} from '../run/flags.ts'

/** What of the command line a plan keeps, with whole paths; what -e says itself may be secret and is not kept. */
export function keptFlags(flags: RunFlags): PlannedFlags {
  const files = (flags.extraVars ?? [])
    .filter(given => given.startsWith('@'))
    .map(given => `@${resolve(given.slice(1))}`)
  const {limit, tags, skipTags, become, user, privateKey} = flags
  return {
    inventory: flags.inventory.map(name => (isHostList(name) ? name : resolve(findInventory(name)))),
    ...(limit !== undefined && {limit}),
    ...(tags && {tags: [...tags]}),
    ...(skipTags && {skipTags: [...skipTags]}),
    ...(files.length > 0 && {extraVars: files}),
    ...(become !== undefined && {become}),
    ...(user !== undefined && {user}),
    ...(privateKey !== undefined && {privateKey: resolve(privateKey)}),
  }
}
