/** What stands in an output where a secret was. */
const placeholder = '[secret]'

/** Shorter values are masked only where they stand alone: they would turn up everywhere by chance. */
const shortest = 4

/** Hides secrets in text: each value that was added, and the forms that it takes on its way through other formats. */
export class Mask {
  readonly #forms = new Set<string>()
  /** Short ones, which are hidden where no letter or digit stands beside them. */
  readonly #words = new Set<string>()

  /** Adds a secret; a value shorter than 4 characters is left alone. A value of several lines is hidden line by line too. */
  add(value: string): void {
    for (const part of parts(value)) for (const form of forms(part)) this.#forms.add(form)
  }

  /** Adds what is declared to be secret: a short value is hidden, too, where it stands alone. */
  addDeclared(value: string): void {
    this.add(value)
    const short = value.trim()
    if (short !== '' && short.length < shortest)
      for (const form of [short, ...base64(short), ...url(short), ...json(short), ...shellQuoted(short)]) {
        if (form.length < 2 * shortest) this.#words.add(form)
      }
  }

  /** Replaces every secret by [secret]; secrets that overlap become one; what is masked already stays so. */
  apply(text: string): string {
    const forms = [...this.#forms].flatMap(form => occurrences(text, form))
    const words = [...this.#words].flatMap(word => occurrences(text, word).filter(span => isAlone(text, span)))
    const spans = [...forms, ...words]
    if (spans.length === 0) return text
    const hidden = occurrences(text, placeholder)
    return cut(text, merge([...hidden, ...outside(spans, hidden)]))
  }
}

type Span = {readonly start: number; readonly end: number}

function parts(value: string): string[] {
  const lines = value.split(/\r?\n/).filter(line => !/^-----(BEGIN|END) [A-Z0-9 ]+-----$/.test(line.trim()))
  return [value, value.trim(), ...lines.map(line => line.trim())].filter(part => part.length >= shortest)
}

function forms(value: string): string[] {
  const all = [
    value,
    ...base64(value),
    ...url(value),
    ...json(value),
    ...json(value).flatMap(json),
    ...shellQuoted(value),
    ...markup(value),
    Buffer.from(value).toString('hex'),
    value.replaceAll('$', '$$$$'),
    value.replaceAll("'", "''"),
  ]
  return all.filter(form => form.length >= shortest)
}

/** Base64 of the value alone, and the letters that are its own when it stands inside something longer (`user:password`). */
function base64(value: string): string[] {
  const bytes = Buffer.from(value)
  const inside = [0, 1, 2].map(offset => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
    return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6))
  })
  const whole = bytes.toString('base64')
  // Programs break long base64 into lines of 64 or 76 letters.
  const lines = [64, 76].flatMap(length =>
    whole.length > length ? (whole.match(new RegExp(`.{8,${length}}`, 'g')) ?? []) : [],
  )
  const all = [whole, whole.replace(/=+$/, ''), ...lines, ...inside.filter(text => text.length >= 8)]
  return all.flatMap(text => [text, text.replaceAll('+', '-').replaceAll('/', '_')])
}

/** As in an address, as in a form, and with every sign escaped that may be; with large and small hexadecimal letters. */
function url(value: string): string[] {
  const encoded = encodeURIComponent(Buffer.from(value).toString())
  const strict = encoded.replace(/[!'()*]/g, letter => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
  const variants = [encoded, strict, new URLSearchParams([['', value]]).toString().slice(1)]
  return variants.flatMap(text => [text, text.replace(/%[0-9A-F]{2}/g, code => code.toLowerCase())])
}

/** JSON as JavaScript writes it, and as Rails does, which escapes what HTML would read. */
function json(value: string): string[] {
  const escaped = JSON.stringify(value).slice(1, -1)
  return [escaped, escaped.replace(/[<>&]/g, letter => `\\u00${letter.charCodeAt(0).toString(16)}`)]
}

/** Single quotes within single quotes, once and twice (a command inside a command), and what double quotes need. */
function shellQuoted(value: string): string[] {
  const once = value.replaceAll("'", `'\\''`)
  return [once, once.replaceAll("'", `'\\''`), value.replace(/[\\"$`]/g, letter => `\\${letter}`)]
}

/** As HTML and XML write it; the quotes as numbers, as names, or as they are. */
function markup(value: string): string[] {
  const escaped = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const quoted = escaped.replaceAll('"', '&quot;')
  return [escaped, quoted, ...['&#39;', '&#x27;', '&apos;'].map(quote => quoted.replaceAll("'", quote))]
}

function isAlone(text: string, {start, end}: Span): boolean {
  return !/\w/.test(text[start - 1] ?? '') && !/\w/.test(text[end] ?? '')
}

function occurrences(text: string, form: string): Span[] {
  const spans: Span[] = []
  for (let start = text.indexOf(form); start !== -1; start = text.indexOf(form, start + 1)) {
    spans.push({start, end: start + form.length})
  }
  return spans
}

function outside(spans: readonly Span[], taken: readonly Span[]): Span[] {
  return spans.filter(span => !taken.some(other => other.start <= span.start && span.end <= other.end))
}

function merge(spans: readonly Span[]): Span[] {
  const merged: Span[] = []
  for (const span of spans.toSorted((one, other) => one.start - other.start)) {
    const last = merged.at(-1)
    if (last !== undefined && span.start < last.end) {
      merged[merged.length - 1] = {start: last.start, end: Math.max(last.end, span.end)}
    } else merged.push(span)
  }
  return merged
}

function cut(text: string, spans: readonly Span[]): string {
  let from = 0
  let shown = ''
  for (const {start, end} of spans) {
    shown += text.slice(from, start) + placeholder
    from = end
  }
  return shown + text.slice(from)
}
