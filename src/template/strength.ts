import type {Values} from '../module.ts'

/** How strong a layer is, in Ansible's order, the weakest first; of two that are equally strong the later one wins. */
export const strengths = [
  'defaults',
  'inventory',
  'play',
  'role',
  'task',
  'included',
  'learned',
  'params',
  'extra',
  'magic',
  'item',
] as const

/** A layer's place in Ansible's order of precedence. */
export type Strength = (typeof strengths)[number]

/** Values of the same strength. */
export type Layer = {readonly values: Values; readonly strength: Strength}

/** Whether a layer says how strong it is. */
export function isRanked(layer: Values | readonly [Strength, Values]): layer is readonly [Strength, Values] {
  return Array.isArray(layer)
}
