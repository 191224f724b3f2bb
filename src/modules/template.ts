import {z} from 'zod'
import {hostModule} from '../module.ts'
import {bool, text} from './arguments.ts'
import type {FileState} from './content.ts'
import {type Placed, placement, placing} from './placement.ts'

const schema = z.strictObject({
  src: z.string().min(1).describe('Jinja template on the controller.'),
  content: text.optional().describe('What the template rendered to; set when src is rendered.'),
  ...placement,
  trim_blocks: bool.default(true).describe('Leaves out the line end after a statement.'),
  lstrip_blocks: bool.default(false).describe('Leaves out the blanks before a statement that begins a line.'),
  newline_sequence: z.enum(['\n', '\r', '\r\n', '\\n', '\\r', '\\r\\n']).default('\n').describe('How lines end.'),
})

const lineEnds = {'\n': '\n', '\r': '\r', '\r\n': '\r\n', '\\n': '\n', '\\r': '\r', '\\r\\n': '\r\n'} as const

type Wanted = z.infer<typeof schema>

/** template: renders a template and puts the result onto a host. */
export const template = hostModule<Wanted, FileState>({
  name: 'template',
  summary: 'Renders a Jinja template and puts the result onto the host.',
  topic: 'files',
  example: {name: 'Configuration', template: {src: 'site.conf.j2', dest: '/etc/nginx/conf.d/site.conf', mode: '0644'}},
  schema,
  refused: {
    output_encoding: 'leave it out: files are UTF-8',
    follow: 'leave it out: links are followed',
    block_start_string: 'use raw blocks in the template, or lookup',
    block_end_string: 'use raw blocks in the template',
    variable_start_string: 'use raw blocks in the template',
    variable_end_string: 'use raw blocks in the template',
    comment_start_string: 'use raw blocks in the template',
    comment_end_string: 'use raw blocks in the template',
  },
  source: 'template',
  ...placing,
  plan: (state, wanted) => placing.plan(state, ended(wanted)),
  apply: (change, wanted, state) => placing.apply(change, ended(wanted), state),
})

function ended({content, newline_sequence, ...wanted}: Wanted): Placed {
  return {...wanted, ...(content !== undefined && {content: content.replace(/\r?\n/g, lineEnds[newline_sequence])})}
}
