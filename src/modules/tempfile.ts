import {z} from 'zod'
import {hostModule} from '../module.ts'
import {sh} from '../shell/shell.ts'
import {path, text} from './arguments.ts'

const part = text.pipe(z.string().regex(/^[^/]*$/, 'must not contain /'))

const schema = z.strictObject({
  state: z.enum(['file', 'directory']).default('file').describe('What is made.'),
  path: path.default('/tmp').describe('Where it is made.'),
  prefix: part.default('ansible.').describe('How its name begins.'),
  suffix: part.default('').describe('How its name ends.'),
})

/** tempfile: makes a temporary file or directory, each time. */
export const tempfile = hostModule<z.infer<typeof schema>, null>({
  name: 'tempfile',
  summary: 'Makes a temporary file or directory with a name of its own; `path` of the result is where.',
  topic: 'files',
  example: {name: 'A place for the download', tempfile: {state: 'directory'}, register: 'work'},
  schema,
  action: true,
  probe: () => sh`:`,
  parse: () => null,
  plan: (_, {state, path}) => [{what: `temporary ${state}`, before: null, after: path, unseen: true}],
  apply: (_, {state, path, prefix, suffix}) =>
    sh`mktemp ${state === 'directory' ? ['-d'] : []} --suffix=${suffix} -- ${`${path.replace(/\/$/, '')}/${prefix}XXXXXXXX`}`,
  result: (_state, {state}, output) => ({state, path: output?.stdout.trimEnd() ?? ''}),
})
