import type {Source} from '../errors.ts'
import type {Host} from '../play.ts'

/** Where an inventory names a host first; the beginning of nothing for a host that no inventory names. */
export function placeOfHost(host: Host | undefined): Source {
  return host?.source ?? {file: host?.name ?? '', line: 1, column: 1}
}
