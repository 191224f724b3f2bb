import {z} from 'zod'
import {atMostOneOf, bool, oneOf, text} from './arguments.ts'
import {edited, editingModule, missing} from './editing.ts'
import {editIni} from './ini-text.ts'

const schema = z
  .strictObject({
    ...edited,
    section: text
      .nullish()
      .transform(name => name ?? undefined)
      .describe('The section; without one the option goes before the first section.'),
    option: text.optional().describe('The option; without one it is about the section as a whole.'),
    value: text.optional().describe('Its value.'),
    values: z.array(text).optional().describe('Its values, a line each.'),
    state: z.enum(['present', 'absent']).default('present').describe('Whether it is to be there.'),
    exclusive: bool.default(true).describe('With false other lines of the same option stay.'),
    no_extra_spaces: bool.default(false).describe('Writes option=value without spaces.'),
    allow_no_value: bool.default(false).describe('The option may stand alone.'),
    create: bool.default(true).describe('Creates a file that does not exist.'),
  })
  .refine(oneOf('path', 'dest'), 'path is missing')
  .refine(atMostOneOf('value', 'values'), 'value and values exclude each other')
  .refine(
    args => args.state === 'absent' || args.allow_no_value || oneOf('value', 'values')(args),
    'value is missing; with allow_no_value it may be',
  )
  .refine(oneOf('section', 'option'), 'section or option is missing')

type Wanted = z.infer<typeof schema>

/** ini_file: sees to it that an option has a value in a file of sections, or is not there. */
export const ini_file = editingModule<Wanted>({
  name: 'ini_file',
  summary: 'Sets and removes options and sections of an INI file, and leaves the rest as it is.',
  topic: 'files',
  example: {
    name: 'Journal is kept',
    ini_file: {path: '/etc/systemd/journald.conf', section: 'Journal', option: 'Storage', value: 'persistent'},
  },
  schema,
  refused: {follow: 'leave it out: links are followed'},
  edit(content, wanted) {
    if (content === undefined && !wanted.create) missing(wanted)
    const values = wanted.values ?? (wanted.value === undefined ? [] : [wanted.value])
    const after = editIni(content ?? '', {...wanted, values})
    return content === undefined && after === '\n' ? undefined : content === '' && after === '\n' ? '' : after
  },
})
