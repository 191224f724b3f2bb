/** A piece of a template. `body` is what stands between the marks, `bodyStart` its offset in the template. */
export type Segment = {
  readonly kind: 'text' | 'print' | 'statement' | 'comment'
  readonly start: number
  readonly end: number
  readonly body: string
  readonly bodyStart: number
  /** `-` or `+` right inside the marks. */
  readonly left: string
  readonly right: string
  /** False when the closing mark is missing. */
  readonly closed: boolean
}

const kinds: {readonly [mark: string]: Segment['kind']} = {'{{': 'print', '{%': 'statement', '{#': 'comment'}
const closers: {readonly [mark: string]: string} = {'{{': '}}', '{%': '%}', '{#': '#}'}

/** Cuts a template into text, `{{ … }}`, `{% … %}` and `{# … #}`; what is between raw and endraw is text. */
export function segments(source: string): readonly Segment[] {
  const found: Segment[] = []
  let at = 0
  while (at < source.length) {
    const open = raw(found) ? endOfRaw(source, at) : nextMark(source, at)
    if (open > at) found.push(text(source, at, open))
    if (open >= source.length) break
    const segment = marked(source, open)
    found.push(segment)
    at = segment.end
  }
  return found
}

/** Whether a text has anything that Jinja would act on. */
export function isTemplate(source: string): boolean {
  return /\{[{%#]/.test(source)
}

function raw(found: readonly Segment[]): boolean {
  const last = found.at(-1)
  return last?.kind === 'statement' && last.body.trim() === 'raw'
}

function endOfRaw(source: string, from: number): number {
  const match = /\{%[-+]?\s*endraw\s*[-+]?%\}/.exec(source.slice(from))
  return match ? from + match.index : source.length
}

function nextMark(source: string, from: number): number {
  const offset = source.slice(from).search(/\{[{%#]/)
  return offset < 0 ? source.length : from + offset
}

function text(source: string, start: number, end: number): Segment {
  const body = source.slice(start, end)
  return {kind: 'text', start, end, body, bodyStart: start, left: '', right: '', closed: true}
}

function marked(source: string, start: number): Segment {
  const mark = source.slice(start, start + 2)
  const left = /[-+]/.test(source[start + 2] ?? '') ? (source[start + 2] ?? '') : ''
  const bodyStart = start + 2 + left.length
  const close = mark === '{#' ? source.indexOf('#}', bodyStart) : endOfCode(source, bodyStart, closers[mark] ?? '')
  const closed = close >= 0
  const bodyEnd = closed ? close : source.length
  const right =
    closed && bodyEnd > bodyStart && /[-+]/.test(source[bodyEnd - 1] ?? '') ? (source[bodyEnd - 1] ?? '') : ''
  return {
    kind: kinds[mark] ?? 'text',
    start,
    end: closed ? bodyEnd + 2 : source.length,
    body: source.slice(bodyStart, bodyEnd - right.length),
    bodyStart,
    left,
    right,
    closed,
  }
}

/** Finds the closing mark outside strings and braces; -1 when there is none. */
function endOfCode(source: string, from: number, mark: string): number {
  let braces = 0
  for (let at = from; at < source.length; at++) {
    const character = source[at]
    if (character === '"' || character === "'") {
      at = endOfString(source, at)
      continue
    }
    if (braces <= 0 && source.startsWith(mark, at)) return at
    if (character === '{') braces++
    if (character === '}') braces--
  }
  return -1
}

function endOfString(source: string, from: number): number {
  for (let at = from + 1; at < source.length; at++) {
    if (source[at] === '\\') at++
    else if (source[at] === source[from]) return at
  }
  return source.length
}
