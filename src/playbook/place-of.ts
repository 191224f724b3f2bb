import type {Source} from '../errors.ts'
import type {YamlNode} from '../yaml.ts'
import {fieldsOf} from './fields.ts'
import type {Fields} from './loading.ts'

/** The place of the deepest part of a path that stands in the file. */
export function placeOf(
  path: readonly (string | number)[],
  places: Fields,
  fallback: Source,
  of: 'key' | 'value' = 'value',
): Source {
  const [first, ...rest] = path
  const entry = places.get(String(first))
  return entry ? within(rest, entry.value, entry.source, of) : fallback
}

function within(path: readonly (string | number)[], node: YamlNode, fallback: Source, of: 'key' | 'value'): Source {
  const [step, ...rest] = path
  if (step === undefined) return node.kind === 'scalar' && of === 'value' ? node.source : fallback
  if (node.kind === 'list') {
    const item = node.items[Number(step)]
    return item ? within(rest, item, item.source, of) : fallback
  }
  const entry = node.kind === 'map' ? fieldsOf(node).get(String(step)) : undefined
  return entry ? within(rest, entry.value, entry.source, of) : fallback
}
