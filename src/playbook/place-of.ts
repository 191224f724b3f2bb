import type {Source} from '../errors.ts'
import type {Within} from '../play.ts'
import {positionOf} from '../template/template-error.ts'
import type {YamlNode, YamlScalar} from '../yaml.ts'
import {placeWithin} from './check-templates.ts'
import {fieldsOf} from './fields.ts'
import type {Fields} from './loading.ts'

type Path = readonly (string | number)[]

/** The place of the deepest part of a path that stands in the file: of its key or value, or of an offset in its text. */
export function placeOf(
  [first, ...rest]: Path,
  places: Fields,
  fallback: Source,
  of: 'key' | 'value' = 'value',
  inText?: Within,
): Source {
  const entry = places.get(String(first))
  return entry ? within(rest, entry.value, entry.source, of, inText) : fallback
}

function within(
  [step, ...rest]: Path,
  node: YamlNode,
  fallback: Source,
  of: 'key' | 'value',
  inText: Within | undefined,
): Source {
  if (node.kind === 'scalar') return of === 'value' ? placeInText(node, inText) : fallback
  if (step === undefined) return fallback
  if (node.kind === 'list') {
    const item = node.items[Number(step)]
    return item ? within(rest, item, item.source, of, inText) : fallback
  }
  const entry = fieldsOf(node).get(String(step))
  return entry ? within(rest, entry.value, entry.source, of, inText) : fallback
}

/** Of `key=value` text the value is a part: it is looked for there. */
function placeInText(node: YamlScalar, inText: Within | undefined): Source {
  const at = inText && typeof node.value === 'string' ? node.value.indexOf(inText.text) : -1
  if (!inText || at < 0) return node.source
  const {line, column} = positionOf(String(node.value), at + inText.offset)
  return placeWithin(node, line, column)
}
