/** Makes a JavaScript regular expression of a Python one: named groups, inline flags, \A and \Z. Throws on a wrong pattern. */
export function pythonRegex(pattern: string, ignoreCase = false, multiline = false): RegExp {
  const inline = /^\(\?([ims]+)\)/.exec(pattern)?.[1] ?? ''
  const source = pattern
    .replace(/^\(\?[ims]+\)/, '')
    .replaceAll('(?P<', '(?<')
    .replace(/\(\?P=(\w+)\)/g, '\\k<$1>')
    .replaceAll('\\A', '^')
    .replaceAll('\\Z', '$')
  const flags = new Set([...inline, ...(ignoreCase ? ['i'] : []), ...(multiline ? ['m'] : [])])
  try {
    return new RegExp(source, [...flags].join(''))
  } catch {
    throw new Error(`"${pattern}" is not a regular expression`)
  }
}

/** Makes JavaScript's replacement text of Python's: `\1` and `\g<name>`. */
export function pythonReplacement(replacement: string): string {
  return replacement
    .replaceAll('$', '$$$$')
    .replace(/\\g<(\d+)>|\\(\d+)/g, (_, long: string | undefined, short: string | undefined) => `$${long ?? short}`)
    .replace(/\\g<(\w+)>/g, '$<$1>')
    .replaceAll('$0', '$&')
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t')
    .replaceAll('\\\\', '\\')
}
