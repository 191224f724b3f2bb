import {z} from 'zod'
import {oneOf, text} from './arguments.ts'
import {edited, editingModule, missing} from './editing.ts'
import {compile, expand, pythonRegexp} from './python-regexp.ts'

const schema = z
  .strictObject({
    ...edited,
    regexp: pythonRegexp.describe('What is replaced wherever it matches; ^ and $ match at each line.'),
    replace: text.default('').describe('What is put in its place; takes groups (\\1).'),
    after: pythonRegexp.optional().describe('Only what follows the first match of this is looked at.'),
    before: pythonRegexp.optional().describe('Only what precedes the first match of this is looked at.'),
  })
  .refine(oneOf('path', 'dest'), 'path is missing')

type Wanted = z.infer<typeof schema>

/** replace: replaces all matches of a pattern in a file. */
export const replace = editingModule<Wanted>({
  name: 'replace',
  summary: 'Replaces every match of a regular expression in a text file.',
  topic: 'files',
  example: {
    name: 'New name everywhere',
    replace: {path: '/etc/site.conf', regexp: 'old\\.example\\.com', replace: 'new.example.com'},
  },
  schema,
  aliases: {destfile: 'path', name: 'path'},
  refused: {
    encoding: 'leave it out: files are UTF-8',
  },
  edit(content, wanted) {
    if (content === undefined) return missing({...wanted})
    const [start, end] = section(content, wanted)
    const inside = substitute(content.slice(start, end), compile(wanted.regexp, 'gm'), wanted.replace)
    return content.slice(0, start) + inside + content.slice(end)
  },
})

function section(content: string, {after, before}: Wanted): readonly [number, number] {
  const opening = after === undefined ? undefined : compile(after, 's').exec(content)
  if (opening === null) return [0, 0]
  const start = opening === undefined ? 0 : opening.index + opening[0].length
  const closing = before === undefined ? undefined : compile(before, 's').exec(content.slice(start))
  if (closing === null) return [0, 0]
  return [start, closing === undefined ? content.length : start + closing.index]
}

function substitute(text: string, pattern: RegExp, replacement: string): string {
  const matches = [...text.matchAll(pattern)]
  const ends = matches.map(match => match.index + match[0].length)
  const parts = matches.map(
    (match, number) => text.slice(ends[number - 1] ?? 0, match.index) + expand(replacement, match),
  )
  return parts.join('') + text.slice(ends.at(-1) ?? 0)
}
