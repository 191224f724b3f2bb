import {z} from 'zod'
import {hostModule} from '../module.ts'
import {text} from './arguments.ts'
import type {FileState} from './content.ts'
import {type Placed, placement, placing} from './placement.ts'

const schema = z.strictObject({
  src: z.string().min(1).describe('Jinja template on the controller.'),
  content: text.optional().describe('What the template rendered to; set when src is rendered.'),
  ...placement,
})

/** template: renders a template and puts the result onto a host. */
export const template = hostModule<Placed, FileState>({
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
    lstrip_blocks: 'write {%- in the template',
    newline_sequence: 'use replace after it',
  },
  source: 'template',
  ...placing,
})
