import {isTemplate, type Segment, segments} from './segments.ts'

/**
 * A condition without the braces that people put into it: `{{ port }} > 80` is `(port) > 80`, `'{{ host }}' == 'a'` is
 * `('' ~ (host) ~ '') == 'a'`. Ansible warns of such braces and evaluates what they print; what a host said must not be evaluated.
 * undefined for text without braces, for one that is `{{ … }}` as a whole, and for one with statements.
 */
export function withoutBraces(condition: string): string | undefined {
  if (!isTemplate(condition)) return undefined
  const parts = segments(condition)
  const plain = parts.every(part => part.closed && (part.kind === 'text' || part.kind === 'print'))
  const whole = parts.every(part => part.kind === 'print' || part.body.trim() === '')
  return plain && !whole ? joined(parts) : undefined
}

function joined(parts: readonly Segment[]): string {
  let quote: string | undefined
  return parts
    .map(part => {
      if (part.kind === 'text') {
        quote = quoteAfter(part.body, quote)
        return part.body
      }
      return quote === undefined ? `(${part.body})` : `${quote} ~ (${part.body}) ~ ${quote}`
    })
    .join('')
}

/** The quote that is open at the end of a text. */
function quoteAfter(text: string, before: string | undefined): string | undefined {
  let open = before
  for (const [sign] of text.matchAll(/\\.|["']/gs)) {
    if (open === undefined && sign.length === 1) open = sign
    else if (sign === open) open = undefined
  }
  return open
}
