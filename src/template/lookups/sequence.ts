import {TemplateError} from '../template-error.ts'

/** The words of `start=1 end=9 stride=2 format=web%02d`, or of the short form `1-9/2:web%02d`. Throws TemplateError. */
export function sequence(term: string): readonly string[] {
  const short = /^(?:(\w+)-)?(\w+)(?:\/(-?\w+))?(?::(.+))?$/.exec(term)
  const pairs = new Map([...term.matchAll(/(\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]))
  const part = (name: string, at: number) => pairs.get(name) ?? (pairs.size === 0 ? short?.[at] : undefined)
  const start = Number(part('start', 1) ?? 1)
  const stride = Number(part('stride', 3) ?? 1)
  const count = pairs.get('count')
  const end = count === undefined ? Number(part('end', 2)) : start + (Number(count) - 1) * stride
  if (![start, stride, end].every(Number.isInteger) || stride === 0)
    throw new TemplateError(`sequence cannot read "${term}"`, {expected: 'start=1 end=9 stride=2 format=web%02d'})
  const numbers: number[] = []
  for (let at = start; stride > 0 ? at <= end : at >= end; at += stride) numbers.push(at)
  return numbers.map(number => formatted(part('format', 4) ?? '%d', number))
}

function formatted(format: string, number: number): string {
  return format.replace(/%(0?)(\d*)([dixXo])/, (_, zero: string, width: string, letter: string) => {
    const digits = number.toString(letter === 'o' ? 8 : letter === 'x' || letter === 'X' ? 16 : 10)
    return (letter === 'X' ? digits.toUpperCase() : digits).padStart(Number(width), zero === '0' ? '0' : ' ')
  })
}
