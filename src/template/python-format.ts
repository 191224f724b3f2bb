import type {Value, Values} from '../module.ts'
import {follow} from './mentions.ts'
import {print, pythonRepr} from './printing.ts'

/** Writes a number with so many digits after the point as Python does: exactly half goes to the even neighbour. */
export function fixed(value: number, digits: number): string {
  const rounded = value.toFixed(digits)
  const exact = Math.abs(value).toFixed(Math.min(100, digits + 60))
  const point = exact.indexOf('.')
  const isHalf = /^50*$/.test(exact.slice(point + 1 + digits))
  const kept = digits === 0 ? exact.slice(0, point) : exact.slice(0, point + 1 + digits)
  const isEven = /[02468]$/.test(kept)
  return isHalf && isEven ? (value < 0 ? `-${kept}` : kept) : rounded
}

/** Python's % operator, as far as %s, %d, %i, %r, %f, %x, %o and %% with widths and names go. */
export function percent(pattern: string, values: readonly Value[], named: Values): string {
  const rest = [...values]
  return pattern.replace(
    /%(?:\((\w+)\))?([-0+ ]?)(\d*)(?:\.(\d+))?([sdirfxXo%])/g,
    (_, name: string | undefined, flag: string, width: string, digits: string | undefined, kind: string) => {
      if (kind === '%') return '%'
      const value = name === undefined ? rest.shift() : named[name]
      if (value === undefined) throw new Error('format: not enough arguments for the text')
      const shown = converted(value, kind, digits)
      const signed = flag === '+' && /^\d/.test(shown) && kind !== 's' ? `+${shown}` : shown
      return padded(signed, Number(width), flag === '-' ? '<' : flag === '0' ? '=' : '>', flag === '0' ? '0' : ' ')
    },
  )
}

function converted(value: Value, kind: string, digits: string | undefined): string {
  if (kind === 'r') return pythonRepr(value)
  if (kind === 'f') return fixed(Number(value), Number(digits ?? 6))
  if (kind === 'd' || kind === 'i') return String(Math.trunc(Number(value)))
  if (kind === 'x' || kind === 'X' || kind === 'o') return inBase(Number(value), kind)
  return (value === null ? 'None' : print(value)).slice(0, digits === undefined ? undefined : Number(digits))
}

/** Python's str.format: {}, {0}, {name}, {name.key}, {0[key]} with what may follow a colon. */
export function braces(pattern: string, values: readonly Value[], named: Values): string {
  let next = 0
  return pattern.replace(
    /\{\{|\}\}|\{([^{}:!]*)(?:!([rs]))?(?::([^{}]*))?\}/g,
    (whole, field: string | undefined, conversion: string | undefined, spec = '') => {
      if (field === undefined) return whole.slice(1)
      const [root = '', ...path] = field.split(/[.[\]]+/).filter((step, index) => index === 0 || step !== '')
      const first = root === '' ? values[next++] : /^\d+$/.test(root) ? values[Number(root)] : named[root]
      const value = follow(first, path)
      if (value === undefined) throw new Error(`format: there is no value for {${field}}`)
      return specified(conversion === 'r' ? pythonRepr(value) : value, spec)
    },
  )
}

const specification = /^(?:(.)?([<>=^]))?([-+ ])?#?(0)?(\d*)([,_])?(?:\.(\d+))?([sdfFxXobeg%])?$/u

function specified(value: Value, spec: string): string {
  const match = specification.exec(spec)
  if (!match) throw new Error(`format: "${spec}" is not known after a colon`)
  const [, fill, align, sign, zero, width = '', group, digits, kind] = match
  const numeric = typeof value === 'number'
  const plain = numeric ? numberText(value, kind, digits) : textOf(value).slice(0, digits ? Number(digits) : undefined)
  const grouped = group
    ? plain.replace(/\B(?=(\d{3})+(?!\d))/g, (_, __, at: number) => (isPastPoint(plain, at) ? '' : group))
    : plain
  const signed = numeric && value >= 0 && (sign === '+' || sign === ' ') ? sign + grouped : grouped
  return padded(signed, Number(width), align ?? (zero ? '=' : numeric ? '>' : '<'), fill ?? (zero ? '0' : ' '))
}

function isPastPoint(text: string, at: number): boolean {
  const point = text.indexOf('.')
  return point >= 0 && at > point
}

function textOf(value: Value): string {
  return value === null ? 'None' : print(value)
}

function numberText(value: number, kind: string | undefined, digits: string | undefined): string {
  if (kind === '%') return `${fixed(value * 100, Number(digits ?? 6))}%`
  if (kind === 'f' || kind === 'F') return fixed(value, Number(digits ?? 6))
  if (kind === 'e') return value.toExponential(Number(digits ?? 6)).replace(/e([-+])(\d)$/, 'e$10$2')
  if (kind === 'x' || kind === 'X' || kind === 'o' || kind === 'b') return inBase(value, kind)
  return digits === undefined ? String(value) : String(Number(value.toPrecision(Number(digits))))
}

function inBase(value: number, kind: string): string {
  const text = Math.trunc(value).toString(kind === 'o' ? 8 : kind === 'b' ? 2 : 16)
  return kind === 'X' ? text.toUpperCase() : text
}

function padded(text: string, width: number, align: string, fill: string): string {
  const missing = Math.max(0, width - text.length)
  if (align === '<') return text + fill.repeat(missing)
  if (align === '^') return fill.repeat(Math.floor(missing / 2)) + text + fill.repeat(Math.ceil(missing / 2))
  const sign = align === '=' && /^[-+ ]/.test(text) ? text.slice(0, 1) : ''
  return sign + fill.repeat(missing) + text.slice(sign.length)
}
