import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {type Change, hostModule} from '../module.ts'
import {raw, sh} from '../shell/shell.ts'
import {all, fields} from './answer.ts'
import {attributes, bool, path, validate} from './arguments.ts'
import {applyAttribute} from './attributes.ts'
import {askFile, editable, type FileState, fileChanges, readFile, upload} from './content.ts'
import {compile, pythonRegexp} from './python-regexp.ts'

const schema = z.strictObject({
  src: path.describe('Directory on the host with the fragments.'),
  dest: path.describe('The file that is made of them, in the order of their names.'),
  remote_src: bool
    .refine(isRemote => isRemote, 'fragments are taken from the host only')
    .default(true)
    .describe('The fragments are on the host.'),
  regexp: pythonRegexp.optional().describe('Takes only files whose names match this regular expression.'),
  delimiter: z.string().optional().describe('What stands between two fragments.'),
  ignore_hidden: bool.default(false).describe('Leaves out files whose names begin with a dot.'),
  ...attributes,
  validate,
  backup: bool.default(false).describe('Keeps the old file beside the new one.'),
})

type Wanted = z.infer<typeof schema>
type State = FileState & {
  readonly isFolder: boolean
  readonly fragments: readonly {readonly name: string; readonly bytes: Buffer}[]
}

/** assemble: makes a file of fragments. */
export const assemble = hostModule<Wanted, State>({
  name: 'assemble',
  summary: 'Makes a file of the fragments in a directory of the host.',
  topic: 'files',
  example: {name: 'Whole configuration', assemble: {src: '/etc/app/conf.d', dest: '/etc/app/app.conf'}},
  schema,
  probe: ({src, dest}) => sh`if [ -d ${src} ]; then echo folder=yes
for p in ${src}/.[!.]* ${src}/*; do [ ! -f "$p" ] || printf 'fragment=%s %s\n' "$(base64 <"$p" | tr -d '\n')" "\${p##*/}"; done; fi
f=${dest}
${raw(askFile(editable))}`,
  parse: answer => ({
    ...readFile(answer),
    isFolder: fields(answer).folder === 'yes',
    fragments: all(answer, 'fragment').map(readFragment),
  }),
  plan(state, wanted): readonly Change[] {
    if (!state.isFolder) throw new TaskError({message: `${wanted.src} is not a directory`})
    if (state.type === 'directory' || state.type === 'other')
      throw new TaskError({message: `${wanted.dest} is not a file`})
    return fileChanges(state, joined(state, wanted), wanted)
  },
  apply: (change, wanted, state) =>
    applyAttribute(change, state.path, state) ?? upload(state.path, joined(state, wanted), wanted, state),
  result: (_, {src, dest}) => ({src, dest}),
})

function joined({fragments}: State, {regexp, delimiter, ignore_hidden}: Wanted): Buffer {
  const pattern = regexp === undefined ? undefined : compile(regexp)
  const taken = fragments
    .filter(({name}) => (pattern?.test(name) ?? true) && !(ignore_hidden && name.startsWith('.')))
    .toSorted((left, right) => (left.name < right.name ? -1 : 1))
  const between = delimiter === undefined ? '' : line(delimiter.replaceAll('\\n', '\n'))
  return Buffer.concat(
    taken.flatMap(({bytes}, index) => {
      const last = taken[index - 1]?.bytes
      const newline = last === undefined || last.at(-1) === 10 ? '' : '\n'
      return [Buffer.from(`${newline}${index === 0 ? '' : between}`), bytes]
    }),
  )
}

function line(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`
}

function readFragment(row: string): {readonly name: string; readonly bytes: Buffer} {
  const [base64 = '', ...name] = row.split(' ')
  return {name: name.join(' '), bytes: Buffer.from(base64, 'base64')}
}
