import {z} from 'zod'
import {atMostOneOf, bool, oneOf, text} from './arguments.ts'
import {edited, editingModule, missing} from './editing.ts'
import {compile, expand, pythonRegexp} from './python-regexp.ts'

const schema = z
  .strictObject({
    ...edited,
    line: text.optional().describe('The line that is to be there.'),
    value: text.optional().describe('Another name for line.'),
    state: z.enum(['present', 'absent']).default('present').describe('Whether the line is to be there.'),
    regexp: pythonRegexp
      .optional()
      .describe('The last line that matches is replaced; with state absent all that match go.'),
    regex: pythonRegexp.optional().describe('Another name for regexp.'),
    search_string: text.optional().describe('As regexp, but the line contains this text.'),
    insertafter: pythonRegexp.optional().describe('New lines go after the last line that matches; EOF is the end.'),
    insertbefore: pythonRegexp
      .optional()
      .describe('New lines go before the last line that matches; BOF is the beginning.'),
    backrefs: bool.default(false).describe('The line takes groups of regexp (\\1); without a match nothing is added.'),
    firstmatch: bool.default(false).describe('The first line that matches counts, not the last.'),
    create: bool.default(false).describe('Creates a file that does not exist.'),
  })
  .refine(oneOf('path', 'dest'), 'path is missing')
  .refine(atMostOneOf('insertafter', 'insertbefore'), 'insertafter and insertbefore exclude each other')
  .refine(atMostOneOf('regexp', 'regex', 'search_string'), 'regexp and search_string exclude each other')
  .refine(args => args.state === 'absent' || lineOf(args) !== undefined, {error: 'line is missing', path: ['line']})
  .refine(args => args.state === 'present' || oneOf('line', 'value', 'regexp', 'regex', 'search_string')(args), {
    error: 'line, regexp or search_string is missing',
  })
  .refine(args => !args.backrefs || (args.regexp ?? args.regex) !== undefined, 'backrefs needs regexp')

type Wanted = z.infer<typeof schema>

/** lineinfile: sees to it that one line is in a file, or is not. */
export const lineinfile = editingModule<Wanted>({
  name: 'lineinfile',
  summary: 'Sees to it that a line is in a text file, replaces the line that a pattern finds, or removes lines.',
  topic: 'files',
  example: {
    name: 'No passwords over SSH',
    lineinfile: {
      path: '/etc/ssh/sshd_config',
      regexp: '^#?PasswordAuthentication',
      line: 'PasswordAuthentication no',
      validate: '/usr/sbin/sshd -t -f %s',
    },
  },
  schema,
  aliases: {destfile: 'path', name: 'path'},
  edit(content, wanted) {
    if (wanted.state === 'absent') return content === undefined ? undefined : without(content, wanted)
    if (content === undefined && !wanted.create) missing(wanted)
    return withLine(splitLines(content ?? ''), wanted)
  },
  told: (content = '', wanted) => {
    if (wanted.state === 'present') return {}
    const found = splitLines(content).length - splitLines(without(content, wanted)).length
    return {found, msg: found > 0 ? `${found} line(s) removed` : ''}
  },
})

/** The lines of a text, each with its newline. */
function splitLines(content: string): readonly string[] {
  return content.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

function without(content: string, wanted: Wanted): string {
  const isWanted = finder(wanted) ?? ((line: string) => bare(line) === lineOf(wanted))
  return splitLines(content)
    .filter(line => !isWanted(line))
    .join('')
}

function withLine(lines: readonly string[], wanted: Wanted): string {
  const line = lineOf(wanted) ?? ''
  const found = pick(lines, finder(wanted), wanted.firstmatch)
  if (found !== undefined) return replaceAt(lines, found, backrefs(bare(lines[found] ?? ''), line, wanted))
  const same = lines.findLastIndex(present => bare(present) === line)
  if (same >= 0 || wanted.backrefs) return lines.join('')
  return insertAt(lines, placeOf(lines, wanted), line)
}

function placeOf(lines: readonly string[], {insertafter, insertbefore, firstmatch}: Wanted): number {
  if (insertbefore === 'BOF' || insertafter === 'BOF') return 0
  const anchor = insertbefore ?? insertafter
  if (anchor === undefined || anchor === 'EOF') return lines.length
  const pattern = compile(anchor)
  const found = pick(lines, line => pattern.test(bare(line)), firstmatch)
  if (found === undefined) return lines.length
  return insertbefore === undefined ? found + 1 : found
}

function pick(
  lines: readonly string[],
  matches: ((line: string) => boolean) | undefined,
  first: boolean,
): number | undefined {
  if (!matches) return undefined
  const index = first ? lines.findIndex(matches) : lines.findLastIndex(matches)
  return index < 0 ? undefined : index
}

function finder({regexp, regex, search_string}: Wanted): ((line: string) => boolean) | undefined {
  const pattern = regexp ?? regex
  if (pattern !== undefined) {
    const compiled = compile(pattern)
    return line => compiled.test(bare(line))
  }
  return search_string === undefined ? undefined : line => line.includes(search_string)
}

function backrefs(found: string, line: string, wanted: Wanted): string {
  const match = wanted.backrefs ? compile(wanted.regexp ?? wanted.regex ?? '').exec(found) : null
  return match ? expand(line, match) : line
}

function replaceAt(lines: readonly string[], index: number, line: string): string {
  return bare(lines[index] ?? '') === line ? lines.join('') : lines.with(index, `${line}\n`).join('')
}

function insertAt(lines: readonly string[], index: number, line: string): string {
  const ended = lines.map(present => (present.endsWith('\n') ? present : `${present}\n`))
  return ended.toSpliced(index, 0, `${line}\n`).join('')
}

function lineOf({line, value}: {line?: string | undefined; value?: string | undefined}): string | undefined {
  return line ?? value
}

function bare(line: string): string {
  return line.replace(/\r?\n$/, '')
}
