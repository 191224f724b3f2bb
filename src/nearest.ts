/** Finds the candidate that `word` was most likely meant to be: at most a third of its letters differ, or one begins with the other. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const all = [...candidates]
  return fewestEdits(word, all) ?? longestBeginning(word, all)
}

/** Finds the candidate that differs from `word` by the fewest letters: at most a third of them, and at most so many. */
export function fewestEdits(
  word: string,
  candidates: readonly string[],
  most = Number.POSITIVE_INFINITY,
): string | undefined {
  let best: string | undefined
  let least = Math.min(most, Math.max(1, Math.floor(word.length / 3))) + 1
  for (const candidate of candidates) {
    // Each letter that one has more is an edit.
    if (Math.abs(candidate.length - word.length) >= least) continue
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase())
    if (candidate !== word && distance < least) [best, least] = [candidate, distance]
  }
  return best
}

/** `lowercase` for `lower`, `systemd_unit` for `systemd`: at least four letters in common. */
function longestBeginning(word: string, candidates: readonly string[]): string | undefined {
  const isBeginning = (candidate: string) =>
    Math.min(word.length, candidate.length) >= 4 &&
    candidate !== word &&
    (word.startsWith(candidate) || candidate.startsWith(word))
  return candidates.filter(isBeginning).toSorted((one, other) => other.length - one.length)[0]
}

/** Writes the hint that goes with an unknown word, or nothing when no candidate is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const candidate = nearest(word, candidates)
  return candidate === undefined ? undefined : `Did you mean "${candidate}"?`
}

/** Letters to insert, delete, replace or swap with their neighbour to make `left` of `right`. */
function editDistance(left: string, right: string): number {
  let beforeLast: number[] = []
  let last = Array.from({length: right.length + 1}, (_, index) => index)
  for (let row = 1; row <= left.length; row++) {
    const line = [row]
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1]
      const swapped =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      line[column] = Math.min(
        at(last, column) + 1,
        at(line, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
        swapped ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    ;[beforeLast, last] = [last, line]
  }
  return at(last, right.length)
}

function at(line: readonly number[], index: number): number {
  return line[index] ?? Number.POSITIVE_INFINITY
}
