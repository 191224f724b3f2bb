import {z} from 'zod'

/** A regular expression as Python writes it; text that cannot be one is refused. */
export const pythonRegexp = z
  .string()
  .refine(isRegexp, {error: issue => `is not a regular expression: ${String(issue.input)}`})

/** Compiles a Python regular expression: (?i) for all of it, named groups, \\A and \\Z mean what they mean there. */
export function compile(pattern: string, flags = ''): RegExp {
  // Before Python 3.11 they might stand anywhere.
  const inline = [...pattern.matchAll(flagGroup)].flatMap(([, group = '']) => [...group])
  const kept = inline.filter(flag => 'ims'.includes(flag))
  const source = pattern
    .replace(flagGroup, '')
    .replaceAll('(?P<', '(?<')
    .replace(/\(\?P=(\w+)\)/g, '\\k<$1>')
    .replaceAll('\\A', '(?<![\\s\\S])')
    .replaceAll('\\Z', '(?![\\s\\S])')
  return new RegExp(source, [...new Set([...flags, ...kept])].join(''))
}

/** Puts groups of a match into a Python replacement: \\1, \\g<1>, \\g<name>, \\n, \\t. */
export function expand(replacement: string, match: RegExpExecArray | RegExpMatchArray): string {
  return replacement.replace(/\\(?:g<(\w+)>|(\d{1,2})|([nrt\\]))/g, (_, named, number, letter) => {
    if (letter !== undefined) return letters[String(letter)] ?? ''
    const key = String(named ?? number)
    return (/^\d+$/.test(key) ? match[Number(key)] : match.groups?.[key]) ?? ''
  })
}

const flagGroup = /(?<!\\)\(\?([aiLmsux]+)\)/g

const letters: {readonly [letter: string]: string} = {n: '\n', r: '\r', t: '\t', '\\': '\\'}

function isRegexp(pattern: string): boolean {
  try {
    compile(pattern)
    return true
  } catch {
    return false
  }
}
