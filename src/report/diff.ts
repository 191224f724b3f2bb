import {createTwoFilesPatch, FILE_HEADERS_ONLY} from 'diff'

/** Milliseconds after which two texts count as too different to be compared. */
const limit = 2000

/** The lines of a unified diff of two texts with three lines around each difference; says so when they are too different. */
export function unifiedDiff(what: string, before: string, after: string): string[] {
  const patch = createTwoFilesPatch(`${what} (before)`, `${what} (after)`, before, after, undefined, undefined, {
    context: 3,
    timeout: limit,
    headerOptions: FILE_HEADERS_ONLY,
  })
  if (patch === undefined) return [`${what}: ${lines(before)} lines -> ${lines(after)} lines, too different to compare`]
  return patch.trimEnd().split('\n')
}

function lines(text: string): number {
  return text.split('\n').length
}
