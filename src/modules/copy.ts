import {z} from 'zod'
import {hostModule} from '../module.ts'
import {oneOf, text} from './arguments.ts'
import type {FileState} from './content.ts'
import {type Placed, placement, placing} from './placement.ts'

const json = z.union([z.array(z.json()), z.record(z.string(), z.json())]).transform(value => JSON.stringify(value))

const schema = z
  .strictObject({
    src: z.string().min(1).optional().describe('File on the controller whose content the host gets.'),
    content: z.union([text, json]).optional().describe('The content itself; lists and mappings become JSON.'),
    content_base64: z.base64().optional().describe('Content that is not text, in base64; set when src is such a file.'),
    ...placement,
  })
  .refine(oneOf('src', 'content', 'content_base64'), 'src or content is missing')

/** copy: puts a file of the controller, or a given text, onto a host. */
export const copy = hostModule<Placed, FileState>({
  name: 'copy',
  summary: 'Puts a file of the controller, or a given text, onto the host.',
  topic: 'files',
  example: {
    name: 'Greeting',
    copy: {content: 'Welcome to {{ inventory_hostname }}\n', dest: '/etc/motd', mode: '0644'},
  },
  schema,
  source: 'file',
  ...placing,
})
