/** Writes out ranges in a host's name: `web[01:20]`, `db-[a:c]`, `n[0:10:2]`. Throws Error when a range makes no sense. */
export function expandRange(name: string): readonly string[] {
  const match = /^(.*?)\[([^[\]:]+):([^[\]:]+)(?::(\d+))?\](.*)$/.exec(name)
  if (!match) return [name]
  const [, before = '', first = '', last = '', step = '1', after = ''] = match
  const rest = expandRange(after)
  return between(first, last, Number(step), name).flatMap(part => rest.map(tail => before + part + tail))
}

function between(first: string, last: string, step: number, name: string): readonly string[] {
  const wrong = new Error(`the range in "${name}" makes no sense`)
  if (step < 1) throw wrong
  if (/^\d+$/.test(first) && /^\d+$/.test(last)) return numbers(first, last, step, wrong)
  if (!/^[a-z]$/i.test(first) || !/^[a-z]$/i.test(last)) throw wrong
  const codes = steps(first.charCodeAt(0), last.charCodeAt(0), step, wrong)
  return codes.map(code => String.fromCharCode(code))
}

/** A first number with leading zeros says how wide all numbers are. */
function numbers(first: string, last: string, step: number, wrong: Error): readonly string[] {
  const width = first.startsWith('0') ? first.length : 0
  return steps(Number(first), Number(last), step, wrong).map(number => String(number).padStart(width, '0'))
}

function steps(first: number, last: number, step: number, wrong: Error): readonly number[] {
  if (last < first) throw wrong
  return Array.from({length: Math.floor((last - first) / step) + 1}, (_, index) => first + index * step)
}
