import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {type Change, hostModule} from '../module.ts'
import {sh} from '../shell/shell.ts'
import {all, fields} from './answer.ts'
import {bool, path, text, word} from './arguments.ts'

const schema = z.strictObject({
  user: word.describe('Whose file of authorized keys.'),
  key: z.string().min(1).describe('Public keys, one a line.'),
  state: z.enum(['present', 'absent']).default('present').describe('Whether the keys are to be there.'),
  exclusive: bool.default(false).describe('Removes all other keys.'),
  key_options: text.optional().describe('What stands before each key, such as `no-port-forwarding`.'),
  comment: text.optional().describe('Replaces the comments of the keys.'),
  path: path.optional().describe('The file; by default .ssh/authorized_keys in the home directory.'),
  manage_dir: bool.default(true).describe('Makes the directory, with mode 0700.'),
})

type Wanted = z.infer<typeof schema>
type State = {readonly file: string; readonly lines: readonly string[]}

/** authorized_key: says which SSH keys may log in as a user. */
export const authorized_key = hostModule<Wanted, State>({
  name: 'authorized_key',
  summary: 'Adds SSH keys to those that may log in as a user, or removes them.',
  topic: 'system',
  example: {name: 'Dana may log in', authorized_key: {user: 'dana', key: "{{ lookup('file', 'dana.pub') }}"}},
  schema,
  refused: {
    validate_certs: 'leave it out: certificates are always checked',
    follow: 'use path with the file itself',
  },
  probe: ({user, path}) => sh`f=${path ?? ''}
[ -n "$f" ] || { h=$(getent passwd ${user} | cut -d : -f 6); f=$h/.ssh/authorized_keys; [ -n "$h" ] || f=; }
printf 'file=%s\n' "$f"; if [ -f "$f" ]; then sed 's/^/line=/' "$f"; fi`,
  parse: answer => ({file: fields(answer).file ?? '', lines: all(answer, 'line')}),
  plan(state, wanted): readonly Change[] {
    const after = linesAfter(state, wanted)
    return after.join('\n') === state.lines.join('\n') ? [] : [{what: 'keys', before: state.lines, after}]
  },
  // The file belongs to the user: sshd refuses it otherwise.
  apply: (
    _,
    wanted,
    state,
  ) => sh`f=${state.file}; [ -n "$f" ] || f=$(getent passwd ${wanted.user} | cut -d : -f 6)/.ssh/authorized_keys
id -u ${wanted.user} >/dev/null || exit 1; d=\${f%/*}
if [ ${String(wanted.manage_dir)} = true ] && [ ! -d "$d" ]; then mkdir -p -m 0700 -- "$d" && chown ${wanted.user}: "$d" || exit 1; fi
t=$(mktemp "$d/.authorized_keys.XXXXXX") && printf '%s' ${linesAfter(state, wanted)
    .map(line => `${line}\n`)
    .join('')} >"$t" && chmod 0600 "$t" && chown ${wanted.user}: "$t" && mv -f -- "$t" "$f"`,
  result: (state, {user}) => ({user, keyfile: state.file}),
})

function linesAfter({lines}: State, wanted: Wanted): readonly string[] {
  const keys = wanted.key
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(key => dress(key, wanted))
  const bodies = keys.map(bodyOf)
  if (wanted.state === 'absent') return lines.filter(line => !bodies.includes(bodyOf(line)))
  // As in Ansible, a key with other options or another comment goes, and comes back at the end.
  const kept = lines.filter(line => (bodies.includes(bodyOf(line)) ? keys.includes(line.trim()) : !wanted.exclusive))
  const present = kept.map(bodyOf)
  return [...kept, ...keys.filter((_, index) => !present.includes(bodies[index] ?? ''))]
}

/** The line of a key, with the options and the comment that are said besides. Throws TaskError when it is no key. */
function dress(key: string, {key_options, comment}: Wanted): string {
  const body = bodyOf(key)
  const at = key.indexOf(body)
  if (!isKey.test(key)) throw new TaskError({message: `invalid key specified: ${key}`})
  const parts = [key_options ?? key.slice(0, at).trim(), body, comment ?? key.slice(at + body.length).trim()]
  return parts.filter(part => part !== '').join(' ')
}

const isKey = /(?:^|\s)((?:ssh-|ecdsa-|sk-)\S+\s+[A-Za-z0-9+/=]+)/

/** Kind and base64 of a key: what makes it this key. */
function bodyOf(line: string): string {
  return isKey.exec(line)?.[1] ?? line
}
