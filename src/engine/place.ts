/** Where something stands in the order of its play, the same on every host: an index for each level of blocks and includes. */
export type Place = readonly number[]

/** After everything else of a play. */
export const theEnd: Place = [Number.POSITIVE_INFINITY]

/** Whether one place comes before another; what an include brings comes after the include. */
export function isBefore(one: Place, other: Place): boolean {
  const at = one.findIndex((step, index) => step !== other[index])
  if (at < 0) return one.length < other.length
  const theirs = other[at]
  return theirs !== undefined && (one[at] ?? 0) < theirs
}
