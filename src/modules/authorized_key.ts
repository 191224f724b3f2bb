import {z} from 'zod'
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
  const bodies = keys.map(bodyOf)
  if (wanted.state === 'absent') return lines.filter(line => !bodies.includes(bodyOf(line)))
  const kept = lines.filter(line => !wanted.exclusive || bodies.includes(bodyOf(line)))
  const replaced = kept.map(line => dress(keys[bodies.indexOf(bodyOf(line))], wanted, line))
  const present = kept.map(bodyOf)
  const added = keys.filter((_, index) => !present.includes(bodies[index] ?? '')).map(key => dress(key, wanted, key))
  return [...replaced, ...added]
}

// Options and comment of a key that is there stay, unless they are said.
function dress(key: string | undefined, {key_options, comment}: Wanted, present: string): string {
  if (key === undefined || (key_options === undefined && comment === undefined)) return present
  const body = bodyOf(key)
  const own = key.slice(key.indexOf(body) + body.length).trim()
  return [key_options ?? '', body, comment ?? own].filter(part => part !== '').join(' ')
}

/** Kind and base64 of a key: what makes it this key. */
function bodyOf(line: string): string {
  return /(?:^|\s)((?:ssh-|ecdsa-|sk-)\S+\s+[A-Za-z0-9+/=]+)/.exec(line)?.[1] ?? line
}
