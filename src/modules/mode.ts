import {z} from 'zod'

const symbolic = /^[ugoa]*([-+=][rwxXst]*|[-+=][ugo])+(,[ugoa]*([-+=][rwxXst]*|[-+=][ugo])+)*$/

/**
 * A file's mode: octal text ('0644') or symbolic text (u=rw,g=r); output is one of these two. A number is what YAML made
 * of octal digits (0644 is 420); numbers that no one can have meant, such as 644, are refused.
 */
export const mode = z.union([
  z
    .string()
    .regex(/^0?o?[0-7]{3,4}$/, "must be octal digits such as '0644', or symbolic such as u=rw,g=r")
    .transform(octal),
  z.string().regex(symbolic, "must be octal digits such as '0644', or symbolic such as u=rw,g=r"),
  z
    .int()
    .refine(isPlausible, {
      error: issue => `octal digits in quotes, such as '${String(issue.input).padStart(4, '0')}'`,
    })
    .transform(number => octal(number.toString(8))),
])

/** The octal mode ('0644') that a wanted mode, octal or symbolic, makes of the present one. */
export function resolveMode(wanted: string, present: string, isDirectory: boolean): string {
  if (/^[0-7]+$/.test(wanted)) return octal(wanted)
  const bits = wanted
    .split(',')
    .reduce((mode, clause) => applyClause(mode, clause, isDirectory), Number.parseInt(present, 8))
  return octal(bits.toString(8))
}

/** Writes octal digits in the one way that modes are compared in: four digits. */
export function octal(digits: string): string {
  return digits.replace(/^0?o/, '').replace(/^0+/, '').padStart(4, '0')
}

// 0644 read as decimal becomes 01204: a sticky bit and a write bit without read. No sane mode looks like that.
function isPlausible(number: number): boolean {
  if (number < 0 || number > 0o7777) return false
  const [user, group, other] = [6, 3, 0].map(shift => (number >> shift) & 7)
  if (user === undefined || group === undefined || other === undefined) return false
  const nested = (group & ~user) === 0 && (other & ~user) === 0
  const readable = (user & 4) !== 0 && [group, other].every(bits => [0, 1, 4, 5, 6, 7].includes(bits))
  const likeOwner = (user & 1) === 0 || [group, other].every(bits => bits !== 6)
  return nested && readable && likeOwner
}

function applyClause(mode: number, clause: string, isDirectory: boolean): number {
  const [, who = '', rest = ''] = /^([ugoa]*)(.*)$/.exec(clause) ?? []
  const classes = who === '' || who.includes('a') ? ['u', 'g', 'o'] : [...who]
  return [...rest.matchAll(/([-+=])([rwxXst]*[ugo]?)/g)].reduce(
    (present, [, operator = '', letters = '']) =>
      classes.reduce((bits, one) => applyTo(bits, one, operator, letters, isDirectory), present),
    mode,
  )
}

function applyTo(mode: number, one: string, operator: string, letters: string, isDirectory: boolean): number {
  const bits = [...letters].reduce((sum, letter) => sum | bitsOf(letter, one, mode, isDirectory), 0)
  if (operator === '+') return mode | bits
  if (operator === '-') return mode & ~bits
  const special = one === 'u' ? 0o4000 : one === 'g' ? 0o2000 : 0o1000
  return (mode & ~(0o7 << shiftOf(one)) & ~special) | bits
}

function bitsOf(letter: string, one: string, mode: number, isDirectory: boolean): number {
  const shift = shiftOf(one)
  if ('ugo'.includes(letter)) return ((mode >> shiftOf(letter)) & 7) << shift
  if (letter === 's') return one === 'u' ? 0o4000 : one === 'g' ? 0o2000 : 0
  if (letter === 't') return one === 'o' ? 0o1000 : 0
  if (letter === 'X') return isDirectory || (mode & 0o111) !== 0 ? 1 << shift : 0
  return (letter === 'r' ? 4 : letter === 'w' ? 2 : 1) << shift
}

function shiftOf(one: string): number {
  return one === 'u' ? 6 : one === 'g' ? 3 : 0
}
