import {z} from 'zod'
import {atMostOneOf, bool, oneOf, text} from './arguments.ts'
import {edited, editingModule, missing} from './editing.ts'
import {compile, pythonRegexp} from './python-regexp.ts'

const schema = z
  .strictObject({
    ...edited,
    block: text.default('').describe('The lines between the markers; an empty block is removed, as with state absent.'),
    content: text.optional().describe('Another name for block.'),
    state: z.enum(['present', 'absent']).default('present').describe('Whether the block is to be there.'),
    marker: z
      .string()
      .regex(/\{mark\}/, 'must contain {mark}')
      .default('# {mark} ANSIBLE MANAGED BLOCK')
      .describe('The line before and after the block; {mark} becomes marker_begin and marker_end.'),
    marker_begin: text.default('BEGIN').describe('What {mark} becomes before the block.'),
    marker_end: text.default('END').describe('What {mark} becomes after the block.'),
    insertafter: pythonRegexp.optional().describe('A new block goes after the last line that matches; EOF is the end.'),
    insertbefore: pythonRegexp
      .optional()
      .describe('A new block goes before the last line that matches; BOF is the beginning.'),
    create: bool.default(false).describe('Creates a file that does not exist.'),
  })
  .refine(oneOf('path', 'dest'), 'path is missing')
  .refine(atMostOneOf('insertafter', 'insertbefore'), 'insertafter and insertbefore exclude each other')

type Wanted = z.infer<typeof schema>

/** blockinfile: sees to it that a block of lines between two markers is in a file, or is not. */
export const blockinfile = editingModule<Wanted>({
  name: 'blockinfile',
  summary: 'Keeps a block of lines between two marker lines in a text file.',
  topic: 'files',
  example: {
    name: 'Names of our hosts',
    blockinfile: {path: '/etc/hosts', block: '10.0.0.5 database\n10.0.0.6 cache\n'},
  },
  schema,
  aliases: {destfile: 'path', name: 'path'},
  edit(content, wanted) {
    const block = blockOf(wanted)
    if (content === undefined && block.length === 0) return undefined
    if (content === undefined && !wanted.create) missing(wanted)
    const lines = (content ?? '').split('\n')
    const ended = lines.at(-1) === '' ? lines.slice(0, -1) : lines
    return put(ended, block, wanted)
      .map(line => `${line}\n`)
      .join('')
  },
})

/** The block with its markers; nothing when there is to be none. */
function blockOf(wanted: Wanted): readonly string[] {
  const inside = (wanted.content ?? wanted.block).replace(/\n$/, '')
  if (wanted.state === 'absent' || inside === '') return []
  return [markerOf(wanted, wanted.marker_begin), ...inside.split('\n'), markerOf(wanted, wanted.marker_end)]
}

function put(lines: readonly string[], block: readonly string[], wanted: Wanted): readonly string[] {
  const begin = lines.lastIndexOf(markerOf(wanted, wanted.marker_begin))
  const end = lines.lastIndexOf(markerOf(wanted, wanted.marker_end))
  const hasBoth = begin >= 0 && end >= 0
  if (!hasBoth) return lines.toSpliced(placeOf(lines, wanted), 0, ...block)
  const [first, last] = begin < end ? [begin, end] : [end, begin]
  return lines.toSpliced(first, last - first + 1, ...block)
}

function placeOf(lines: readonly string[], {insertafter, insertbefore}: Wanted): number {
  if (insertbefore === 'BOF') return 0
  const anchor = insertbefore ?? insertafter
  if (anchor === undefined || anchor === 'EOF') return lines.length
  const pattern = compile(anchor)
  const found = lines.findLastIndex(line => pattern.test(line))
  if (found < 0) return lines.length
  return insertbefore === undefined ? found + 1 : found
}

function markerOf({marker}: Wanted, mark: string): string {
  return marker.replaceAll('{mark}', mark)
}
