/** A word of a Jinja expression; start and end are offsets in the text it was cut from. */
export type Token = {
  readonly kind: 'name' | 'string' | 'number' | 'operator' | 'bad'
  readonly text: string
  /** What a string literal stands for; of other words, the word itself. */
  readonly value: string
  readonly start: number
  readonly end: number
}

const pattern =
  /\s+|("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)|([\p{L}_][\p{L}\p{N}_]*)|(\*\*|\/\/|==|!=|<=|>=|[-+*/%~|.,:()[\]{}<>=])|(.)/suy

/**
 * Backslashes in string literals are escapes in Jinja; Ansible leaves them as they are between the braces of arguments
 * and variables, where regular expressions stand, but not in conditions, statements and template files.
 */
export type Backslashes = 'escapes' | 'plain'

/** Cuts an expression into tokens; what Jinja does not know becomes a `bad` token. `offset` is added to all places. */
export function tokenize(source: string, offset = 0, backslashes: Backslashes = 'escapes'): readonly Token[] {
  const tokens: Token[] = []
  for (const match of source.matchAll(new RegExp(pattern, 'gsu'))) {
    const [text, string, number, name, operator, bad] = match
    const start = offset + match.index
    const kind = string ? 'string' : number ? 'number' : name ? 'name' : operator ? 'operator' : bad ? 'bad' : undefined
    const value = kind === 'string' ? literal(text, backslashes) : text
    if (kind) tokens.push({kind, text, value, start, end: start + text.length})
  }
  return tokens
}

/** Reads a string literal as Python does: unknown escapes stay as they are. A quote needs its backslash in any case. */
function literal(text: string, backslashes: Backslashes): string {
  const inside = text.slice(1, -1)
  if (backslashes === 'plain') return inside.replaceAll(`\\${text[0]}`, text[0] ?? '')
  return inside.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|([0-7]{1,3})|(.))/gs,
    (both, byte?: string, unicode?: string, octal?: string, letter = '') => {
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8))
      const hexadecimal = byte ?? unicode
      return hexadecimal === undefined
        ? (escapes[letter] ?? both)
        : String.fromCharCode(Number.parseInt(hexadecimal, 16))
    },
  )
}

// biome-ignore format: a table
const escapes: {readonly [letter: string]: string} = {
  n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v', '\\': '\\', "'": "'", '"': '"', '\n': '',
}

/** The index of the bracket that closes the one at `open`, or the number of tokens when it is not closed. */
export function closing(tokens: readonly Token[], open: number): number {
  let depth = 0
  for (let index = open; index < tokens.length; index++) {
    depth += depthChange(tokens[index])
    if (depth === 0) return index
  }
  return tokens.length
}

/** +1 for an opening bracket, -1 for a closing one. */
export function depthChange(token: Token | undefined): number {
  if (token?.kind !== 'operator') return 0
  return '([{'.includes(token.text) ? 1 : ')]}'.includes(token.text) ? -1 : 0
}
