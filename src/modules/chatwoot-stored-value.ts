import type {Value} from '../module.ts'

/**
 * Reads a row's serialized_value as PostgreSQL prints its JSON. Newer versions of Chatwoot store {"value": …}; older ones a
 * text in which Ruby wrote YAML. What cannot be read is undefined, and so differs from whatever is wanted.
 */
export function storedValue(json: string): Value {
  const stored: unknown = JSON.parse(json)
  if (typeof stored === 'string') return readYaml(stored)
  return isRecord(stored) ? toValue(stored.value) : unreadable
}

const unreadable = 'a value that cannot be read'

function readYaml(text: string): Value {
  const match = /^--- [^\n]*\n(?::?value|"value"): ?([\s\S]*)$/.exec(text)
  return match ? readScalar((match[1] ?? '').trimEnd()) : unreadable
}

function readScalar(text: string): Value {
  if (text === '' || text === '~' || text === 'null') return null
  if (text === 'true' || text === 'false') return text === 'true'
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text)
  if (/^[|]/.test(text)) return block(text)
  const line = text.replaceAll(/\n\s+/g, ' ')
  if (line.startsWith("'")) return line.slice(1, -1).replaceAll("''", "'")
  return /^["[{]/.test(line) ? parsed(line) : line
}

/** A text of several lines, indented: `|-` without its last newline, `|` with it. */
function block(text: string): string {
  const [header = '', ...lines] = text.split('\n')
  const indent = /^ */.exec(lines[0] ?? '')?.[0].length ?? 0
  const body = lines.map(line => line.slice(indent)).join('\n')
  return header === '|-' ? body : `${body}\n`
}

function parsed(json: string): Value {
  try {
    return toValue(JSON.parse(json))
  } catch {
    return unreadable
  }
}

function toValue(value: unknown): Value {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string')
    return value
  if (Array.isArray(value)) return value.map(toValue)
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toValue(item)])) : null
}

function isRecord(value: unknown): value is {readonly [key: string]: unknown} {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
