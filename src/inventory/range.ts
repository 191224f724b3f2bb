const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** Writes out ranges in a host's name: `web[01:20]`, `db-[a:c]`, `n[0:10:2]`. Throws Error when a range makes no sense. */
export function expandRange(name: string): readonly string[] {
  const match = /^(.*?)\[([^[\]:]*):([^[\]:]+)(?::(\d+))?\](.*)$/.exec(name)
  if (!match) return [name]
  const [, before = '', first = '', last = '', step = '1', after = ''] = match
  const rest = expandRange(after)
  return between(first || '0', last, Number(step), name).flatMap(part => rest.map(tail => before + part + tail))
}

function between(first: string, last: string, step: number, name: string): readonly string[] {
  const wrong = new Error(`the range in "${name}" makes no sense`)
  if (step < 1) throw wrong
  if (/^\d+$/.test(first) && /^\d+$/.test(last)) return numbers(first, last, step, wrong)
  if (!/^[a-z]$/i.test(first) || !/^[a-z]$/i.test(last)) throw wrong
  const places = steps(letters.indexOf(first), letters.indexOf(last), step, wrong)
  return places.map(place => letters.charAt(place))
}

/** A first number with leading zeros says how wide all numbers are, and the last is written as wide. */
function numbers(first: string, last: string, step: number, wrong: Error): readonly string[] {
  const width = first.startsWith('0') && first.length > 1 ? first.length : 0
  if (width > 0 && last.length !== width) throw wrong
  return steps(Number(first), Number(last), step, wrong).map(number => String(number).padStart(width, '0'))
}

function steps(first: number, last: number, step: number, wrong: Error): readonly number[] {
  if (last < first) throw wrong
  return Array.from({length: Math.floor((last - first) / step) + 1}, (_, index) => first + index * step)
}
