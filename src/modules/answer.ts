/** Reads an answer of `key=value` lines; lines without `=` are left out, of a repeated key the last value stays. */
export function fields(answer: string): {readonly [key: string]: string} {
  return Object.fromEntries(
    rows(answer)
      .filter(row => row.includes('='))
      .map(row => [row.slice(0, row.indexOf('=')), row.slice(row.indexOf('=') + 1)]),
  )
}

/** The lines of an answer; an empty answer has none. */
export function rows(answer: string): readonly string[] {
  return answer === '' ? [] : answer.split('\n')
}

/** The values of all lines `key=value` with this key. */
export function all(answer: string, key: string): readonly string[] {
  return rows(answer)
    .filter(row => row.startsWith(`${key}=`))
    .map(row => row.slice(key.length + 1))
}
