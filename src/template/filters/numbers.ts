import type {Value} from '../../module.ts'
import {number, text} from '../arguments.ts'
import {type Filters, filter} from '../filter.ts'
import {isTrue} from '../printing.ts'
import {fixed} from '../python-format.ts'
import {strftime} from '../strftime.ts'

const trueWords = new Set(['yes', 'on', '1', 'true'])
const units = ['', 'K', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y']

/** Filters that make numbers, and true or false. */
export const numbers: Filters = {
  bool: filter([], value => bool(value)),
  int: filter(['default', 'base'], (value, fallback = 0, base = 10) =>
    integer(value, number(fallback, 'int'), Number(base)),
  ),
  float: filter(['default'], (value, fallback = 0) => float(value, number(fallback, 'float'))),
  round: filter(['precision', 'method'], (value, precision = 0, method = 'common') =>
    rounded(number(value, 'round'), number(precision, 'round'), text(method, 'round')),
  ),
  pow: filter(['power'], (value, power) => number(value, 'pow') ** number(power, 'pow')),
  root: filter(['base'], (value, base = 2) => number(value, 'root') ** (1 / number(base, 'root'))),
  log: filter(['base'], (value, base = Math.E) => Math.log(number(value, 'log')) / Math.log(number(base, 'log'))),
  strftime: filter(['second', 'utc'], (format, second, utc) => {
    const time = second === undefined || second === null ? new Date() : new Date(number(second, 'strftime') * 1000)
    return strftime(text(format, 'strftime'), time, isTrue(utc ?? null))
  }),
  human_to_bytes: filter(['default_unit', 'isbits'], (value, unit) =>
    bytes(text(value, 'human_to_bytes'), text(unit ?? '', 'human_to_bytes')),
  ),
  human_readable: filter(['isbits', 'unit'], (value, bits, unit) =>
    readable(number(value, 'human_readable'), isTrue(bits ?? null) ? 'b' : 'B', unit),
  ),
}

function bool(value: Value): Value {
  if (typeof value === 'string') return trueWords.has(value.toLowerCase())
  return value === null || typeof value === 'boolean' ? value : value === 1
}

function integer(value: Value, fallback: number, base: number): number {
  if (typeof value === 'boolean') return Number(value)
  if (typeof value === 'number') return Math.trunc(value)
  if (typeof value !== 'string') return fallback
  const digits = value
    .trim()
    .replaceAll('_', '')
    .replace(base === 16 ? /^0x/i : base === 8 ? /^0o?/i : base === 2 ? /^0b/i : /^$/, '')
  const whole = /^[-+]?[0-9a-z]+$/i.test(digits) ? Number.parseInt(digits, base) : Number.NaN
  if (!Number.isNaN(whole) && (base !== 10 || /^[-+]?\d+$/.test(digits))) return whole
  return base === 10 && /^[-+]?\d*\.\d+$/.test(digits) ? Math.trunc(Number(digits)) : fallback
}

function float(value: Value, fallback: number): number {
  if (typeof value === 'string' && /^\s*[-+]?nan\s*$/i.test(value)) return Number.NaN
  const result =
    typeof value === 'string' && value.trim() !== ''
      ? Number(value)
      : typeof value === 'object'
        ? Number.NaN
        : Number(value)
  return Number.isNaN(result) || value === '' ? fallback : result
}

/** Python rounds halves to the even neighbour. */
function rounded(value: number, precision: number, method: string): number {
  const factor = 10 ** precision
  const scaled = value * factor
  if (method === 'ceil') return Math.ceil(scaled) / factor
  if (method === 'floor') return Math.floor(scaled) / factor
  return precision >= 0 ? Number(fixed(value, precision)) : Number(fixed(scaled, 0)) / factor
}

function bytes(size: string, defaultUnit: string): number {
  const match = /^\s*([\d.]+)\s*([a-z]*)\s*$/i.exec(size)
  const letter = (match?.[2] || defaultUnit).toUpperCase().replace(/I?B?$/, '').slice(0, 1)
  const power = units.indexOf(letter)
  if (!match || power < 0) throw new Error(`human_to_bytes cannot read "${size}" as a size such as 10M or 1.5 GB`)
  return Math.round(Number(match[1]) * 1024 ** power)
}

function readable(size: number, letter: string, unit: Value | undefined): string {
  const wanted = unit === undefined || unit === null ? -1 : units.indexOf(text(unit, 'human_readable').toUpperCase())
  const own = Math.max(0, Math.min(units.length - 1, Math.floor(Math.log(Math.max(1, size)) / Math.log(1024))))
  const power = wanted >= 0 ? wanted : own
  const name = power === 0 ? (letter === 'b' ? 'bits' : 'Bytes') : `${units[power]}${letter}`
  return `${fixed(size / 1024 ** power, 2)} ${name}`
}
