import type {Value} from '../module.ts'

/**
 * Reads a value as Python's literals are written: `1`, `0x1f`, `'text'`, `True`, `None`, `[1, 2]`, `{'a': 1}`, `1, 2`. What is no
 * literal is the text itself, and so are whole numbers that JavaScript cannot count.
 */
export function pythonLiteral(text: string): Value {
  try {
    return whole({text, at: 0})
  } catch (error) {
    if (error instanceof NoLiteral) return text
    throw error
  }
}

class NoLiteral extends Error {}

type Reader = {readonly text: string; at: number}

function whole(reader: Reader): Value {
  const first = expression(reader)
  const value = next(reader, ',') ? [first, ...items(reader, '')] : first
  take(reader, /#.*/y)
  if (reader.at < reader.text.length) throw new NoLiteral()
  return value
}

function expression(reader: Reader): Value {
  if (next(reader, '[')) return items(reader, ']')
  if (next(reader, '(')) return inBrackets(reader)
  if (next(reader, '{')) return inBraces(reader)
  const named = word(reader)
  return named === undefined ? (number(reader) ?? strings(reader)) : named
}

function items(reader: Reader, end: string): Value[] {
  const found: Value[] = []
  while (!isEnd(reader, end)) {
    found.push(expression(reader))
    if (!next(reader, ',') && !isEnd(reader, end)) throw new NoLiteral()
  }
  if (end) next(reader, end)
  return found
}

/** One value in brackets is that value; a comma makes a list of it. */
function inBrackets(reader: Reader): Value {
  if (next(reader, ')')) return []
  const first = expression(reader)
  if (next(reader, ')')) return first
  if (!next(reader, ',')) throw new NoLiteral()
  return [first, ...items(reader, ')')]
}

function inBraces(reader: Reader): Value {
  const entries: [string, Value][] = []
  while (!next(reader, '}')) {
    const key = expression(reader)
    if (!next(reader, ':') || (typeof key === 'object' && key !== null)) throw new NoLiteral()
    entries.push([String(key), expression(reader)])
    if (!next(reader, ',') && !isEnd(reader, '}')) throw new NoLiteral()
  }
  return Object.fromEntries(entries)
}

const words: {readonly [word: string]: Value} = {True: true, False: false, None: null}

function word(reader: Reader): Value | undefined {
  const found = take(reader, /(?:True|False|None)(?!\w)/y)
  return found === undefined ? undefined : words[found]
}

const numbers = [
  /[-+]?\s*(?:\d(?:_?\d)*)?\.\d(?:_?\d)*(?:e[-+]?\d(?:_?\d)*)?(?![\w.])/iy,
  /[-+]?\s*\d(?:_?\d)*(?:\.(?:e[-+]?\d(?:_?\d)*)?|e[-+]?\d(?:_?\d)*)(?![\w.])/iy,
  /[-+]?\s*(?:0x(?:_?[\da-f])+|0o(?:_?[0-7])+|0b(?:_?[01])+|0(?:_?0)*|[1-9](?:_?\d)*)(?![\w.])/iy,
]

function number(reader: Reader): Value | undefined {
  for (const form of numbers) {
    const found = take(reader, form)
    if (found !== undefined) return numberOf(found)
  }
  return undefined
}

function numberOf(text: string): Value {
  const digits = text.replace(/[-+_\s]/g, (sign, at) => (sign !== '_' && at > 0 && /e/i.test(text) ? sign : ''))
  const size = Number(digits)
  const fits = Number.isFinite(size) && (/[.e]/i.test(digits) || Number.isSafeInteger(size))
  if (!fits) return text
  return text.startsWith('-') && size !== 0 ? -size : size
}

/** Texts that stand side by side are one. */
function strings(reader: Reader): string {
  const parts: string[] = []
  for (let part = string(reader); part !== undefined; part = string(reader)) parts.push(part)
  if (parts.length === 0) throw new NoLiteral()
  return parts.join('')
}

function string(reader: Reader): string | undefined {
  const found = take(
    reader,
    /(?:u|r|b|br|rb)?(?:'''[\s\S]*?'''|"""[\s\S]*?"""|'(?!'')(?:\\.|[^'\\])*'|"(?!"")(?:\\.|[^"\\])*")/iy,
  )
  if (found === undefined) return undefined
  const prefix = found.slice(0, found.search(/['"]/)).toLowerCase()
  const quotes = /^(?:'''|""")/.test(found.slice(prefix.length)) && found.length >= prefix.length + 6 ? 3 : 1
  const inside = found.slice(prefix.length + quotes, -quotes)
  return prefix.includes('r') ? inside : unescaped(inside)
}

const escapes: {readonly [letter: string]: string} = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
}

function unescaped(text: string): string {
  return text.replace(
    /\\(?:([0-7]{1,3})|x([\da-f]{2})|u([\da-f]{4})|U([\da-f]{8})|([\s\S]))/g,
    (all, octal, byte, four, eight, letter) => {
      if (octal) return String.fromCodePoint(Number.parseInt(octal, 8))
      const code = byte ?? four ?? eight
      if (code) return codePoint(code)
      if (/[NxuU]/.test(letter)) throw new NoLiteral()
      return escapes[letter] ?? all
    },
  )
}

function codePoint(hexadecimal: string): string {
  const code = Number.parseInt(hexadecimal, 16)
  if (code > 0x10ffff) throw new NoLiteral()
  return String.fromCodePoint(code)
}

/** Takes a sign if it is next. */
function next(reader: Reader, sign: string): boolean {
  if (!isEnd(reader, sign)) return false
  reader.at += sign.length
  return true
}

/** Whether a sign is next; nothing stands for the end of the text, or a comment. */
function isEnd(reader: Reader, sign: string): boolean {
  skip(reader)
  if (sign) return reader.text.startsWith(sign, reader.at)
  return reader.at >= reader.text.length || reader.text[reader.at] === '#'
}

function take(reader: Reader, form: RegExp): string | undefined {
  skip(reader)
  form.lastIndex = reader.at
  const found = form.exec(reader.text)?.[0]
  reader.at += found?.length ?? 0
  return found
}

function skip(reader: Reader): void {
  while (/\s/.test(reader.text[reader.at] ?? '')) reader.at++
}
