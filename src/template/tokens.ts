/** A word of a Jinja expression; start and end are offsets in the text it was cut from. */
export type Token = {
  readonly kind: 'name' | 'string' | 'number' | 'operator' | 'bad'
  readonly text: string
  readonly start: number
  readonly end: number
}

const pattern =
  /\s+|("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)|([\p{L}_][\p{L}\p{N}_]*)|(\*\*|\/\/|==|!=|<=|>=|[-+*/%~|.,:()[\]{}<>=])|(.)/suy

/** Cuts an expression into tokens; what Jinja does not know becomes a `bad` token. `offset` is added to all places. */
export function tokenize(source: string, offset = 0): readonly Token[] {
  const tokens: Token[] = []
  for (const match of source.matchAll(new RegExp(pattern, 'gsu'))) {
    const [text, string, number, name, operator, bad] = match
    const start = offset + match.index
    const kind = string ? 'string' : number ? 'number' : name ? 'name' : operator ? 'operator' : bad ? 'bad' : undefined
    if (kind) tokens.push({kind, text, start, end: start + text.length})
  }
  return tokens
}

/** Reads a string literal as Jinja does: unknown escapes stay as they are. */
export function literal(token: Token): string {
  const escapes: {readonly [letter: string]: string} = {n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"'}
  return token.text.slice(1, -1).replace(/\\(.)/gs, (both, letter: string) => escapes[letter] ?? both)
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
