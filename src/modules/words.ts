/** Splits a command into words as a POSIX shell does, quotes and backslashes included; undefined when a quote is not closed. */
export function splitWords(command: string): readonly string[] | undefined {
  const words: string[] = []
  const piece = /\s+|'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)|(['"\\])/gs
  let word: string | undefined
  for (const [whole, single, double, escaped, plain, open] of command.matchAll(piece)) {
    if (open !== undefined) return undefined
    const text = single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? plain
    if (text !== undefined) word = (word ?? '') + text
    else if (whole.trim() === '' && word !== undefined) {
      words.push(word)
      word = undefined
    }
  }
  return word === undefined ? words : [...words, word]
}
