/** A word of a line, without its quotes, and the column where it begins, counted from 1. */
export type Word = {readonly text: string; readonly column: number}

/** Splits a line at spaces, as a shell does: quotes keep a word together, `\` takes away a meaning, # begins a comment. Undefined when a quote stays open. */
export function shellWords(line: string): readonly Word[] | undefined {
  const words: Word[] = []
  const piece = /\s+|#.*|'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"|\\([\s\S])|([^\s#'"\\]+)|([\s\S])/y
  let open: {text: string; column: number} | undefined
  for (let match = piece.exec(line); match; match = piece.exec(line)) {
    const [all, single, double, escaped, text, wrong] = match
    if (wrong !== undefined) return undefined
    if (/^[\s#]/.test(all)) {
      if (open) words.push(open)
      open = undefined
      continue
    }
    open ??= {text: '', column: match.index + 1}
    open.text += single ?? double?.replace(/\\([\\"])/g, '$1') ?? escaped ?? text ?? ''
  }
  return open ? [...words, open] : words
}
