import {depthChange, type Token} from './tokens.ts'

/** What to put behind an expression so that `a if b` without `else`, when it is the whole of it, is empty and not an error, as in Jinja. */
export function missingElse(tokens: readonly Token[]): string {
  let depth = 0
  let open = false
  for (const token of tokens) {
    depth += depthChange(token)
    if (depth === 0 && token.kind === 'name') open = token.text === 'if' || (open && token.text !== 'else')
  }
  return open ? " else ''" : ''
}
