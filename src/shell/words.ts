/** A word of a line, without its quotes, and the column where it begins, counted from 1. */
export type Word = {readonly text: string; readonly column: number}

/** The words of a line as texts; undefined when a quote is not closed. */
export function splitWords(line: string): readonly string[] | undefined {
  return shellWords(line)?.map(({text}) => text)
}

/**
 * Splits a line at white space as Python's shlex does, which is what Ansible splits commands and inventories with: quotes
 * keep a word together, `\` takes away a meaning, nothing is expanded. # begins a comment where comments are asked for.
 * Undefined when a quote is not closed.
 */
export function shellWords(line: string, options: {readonly comments?: boolean} = {}): readonly Word[] | undefined {
  const words: Word[] = []
  let open: {text: string; column: number} | undefined
  for (const {0: all, groups = {}, index} of line.matchAll(options.comments ? pieceOrComment : piece)) {
    const {single, double, escaped, plain} = groups
    const text = single ?? double?.replace(/\\([\\"])/g, '$1') ?? escaped ?? plain
    if (text !== undefined) {
      open ??= {text: '', column: index + 1}
      open.text += text
    } else if (/^[\s#]/.test(all)) {
      if (open) words.push(open)
      open = undefined
    } else return undefined
  }
  return open ? [...words, open] : words
}

const quoted = String.raw`'(?<single>[^']*)'|"(?<double>(?:\\[^]|[^"\\])*)"|\\(?<escaped>[^])`
const piece = new RegExp(String.raw`\s+|${quoted}|(?<plain>[^\s'"\\]+)|[^]`, 'g')
const pieceOrComment = new RegExp(String.raw`\s+|#.*|${quoted}|(?<plain>[^\s#'"\\]+)|[^]`, 'g')
