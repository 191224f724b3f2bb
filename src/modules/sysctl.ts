import {z} from 'zod'
import {type Change, hostModule} from '../module.ts'
import {raw, sh} from '../shell/shell.ts'
import {fields} from './answer.ts'
import {bool, oneOf, path, text, word} from './arguments.ts'
import {askFile, decode, editable, type FileState, fileChanges, readFile, upload} from './content.ts'

const schema = z
  .strictObject({
    name: word.describe('The setting, such as vm.swappiness.'),
    value: text.optional().describe('Its value.'),
    val: text.optional().describe('Another name for value.'),
    state: z.enum(['present', 'absent']).default('present').describe('Whether it is to be in the file.'),
    sysctl_file: path.default('/etc/sysctl.conf').describe('The file.'),
    reload: bool.default(true).describe('Loads the file when it has changed.'),
    sysctl_set: bool.default(false).describe('Compares and sets the value that is in force, too.'),
    ignoreerrors: bool.default(false).describe('Loads the other settings of the file when one is unknown.'),
  })
  .refine(args => args.state === 'absent' || oneOf('value', 'val')(args), {error: 'value is missing', path: ['value']})

type Wanted = z.infer<typeof schema>
type State = FileState & {readonly live: string | undefined}

/** sysctl: sets a kernel parameter, in its file and in force. */
export const sysctl = hostModule<Wanted, State>({
  name: 'sysctl',
  summary: 'Sets a kernel parameter in a file, and loads it.',
  topic: 'system',
  example: {
    name: 'Redis may save in the background',
    sysctl: {name: 'vm.overcommit_memory', value: 1, sysctl_file: '/etc/sysctl.d/60-site.conf'},
  },
  schema,
  aliases: {key: 'name'},
  probe:
    wanted => sh`k=/proc/sys/${raw(sh`$(printf '%s' ${wanted.name} | tr ./ /.)`)}; [ ! -r "$k" ] || printf 'live=%s\n' "$(tr '\n\t' '  ' <"$k")"
f=${wanted.sysctl_file}
${raw(askFile(editable))}`,
  parse: answer => ({...readFile(answer), live: tidy(fields(answer).live)}),
  plan(state, wanted): readonly Change[] {
    const inFile = fileChanges(state, contentOf(state, wanted), {})
    const changes = state.type === 'absent' && wanted.state === 'absent' ? [] : inFile
    const value = tidy(wanted.value ?? wanted.val)
    const isDue = wanted.sysctl_set || (wanted.reload && changes.length > 0)
    if (wanted.state === 'absent' || !isDue || state.live === value) return changes
    return [...changes, {what: 'value', before: state.live ?? null, after: value ?? ''}]
  },
  apply(change, wanted, state) {
    if (change.what === 'content') return upload(state.path, contentOf(state, wanted), {}, state)
    if (wanted.sysctl_set) return sh`sysctl -q -w ${`${wanted.name}=${String(change.after)}`}`
    return sh`sysctl -q ${wanted.ignoreerrors ? ['-e'] : []} -p ${wanted.sysctl_file}`
  },
})

function contentOf(state: State, {name, value, val, state: goal}: Wanted): string {
  const lines = (decode(state.bytes ?? Buffer.alloc(0)) ?? '').split('\n')
  const present = lines.at(-1) === '' ? lines.slice(0, -1) : lines
  const found = present.findIndex(line => nameOf(line) === name)
  const wanted = `${name}=${tidy(value ?? val)}`
  const others = present.filter((line, index) => nameOf(line) !== name || (goal === 'present' && index === found))
  if (goal === 'absent') return join(others)
  if (found < 0) return join([...others, wanted])
  const isRight = tidy(present[found]?.slice(present[found].indexOf('=') + 1)) === tidy(value ?? val)
  return join(isRight ? others : others.map(line => (nameOf(line) === name ? wanted : line)))
}

function nameOf(line: string): string {
  return /^\s*[#;]/.test(line) ? '' : (line.split('=')[0] ?? '').trim()
}

function join(lines: readonly string[]): string {
  return lines.map(line => `${line}\n`).join('')
}

function tidy(value: string | undefined): string | undefined {
  return value?.trim().replace(/\s+/g, ' ')
}
