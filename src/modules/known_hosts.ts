import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {type Change, hostModule} from '../module.ts'
import {raw, type Shell, sh} from '../shell/shell.ts'
import {all} from './answer.ts'
import {bool, oneOf, path, word} from './arguments.ts'

const schema = z
  .strictObject({
    name: word.optional().describe('The host, as ssh is told it; [host]:port for another port than 22.'),
    host: word.optional().describe('Another name for name.'),
    key: z.string().trim().min(1).optional().describe('The line for known_hosts: host, kind of key, key.'),
    path: path.optional().describe('The file; by default ~/.ssh/known_hosts.'),
    hash_host: bool.default(false).describe("Hides the host's name in the file."),
    state: z.enum(['present', 'absent']).default('present').describe('Whether the key is to be there.'),
  })
  .refine(oneOf('name', 'host'), 'name is missing')
  .refine(({state, key}) => state === 'absent' || key !== undefined, {error: 'key is missing', path: ['key']})

type Wanted = z.infer<typeof schema>
type State = {readonly lines: readonly string[]}

/** known_hosts: the keys by which ssh on the host knows other hosts. */
export const known_hosts = hostModule<Wanted, State>({
  name: 'known_hosts',
  summary: 'Adds the key of another host to those that ssh on this host trusts, or removes it.',
  topic: 'system',
  example: {
    name: 'Trust the server of the repository',
    known_hosts: {name: 'git.example.com', key: "{{ lookup('file', 'git.example.com.pub') }}"},
  },
  schema,
  probe: wanted => sh`f=${raw(fileOf(wanted))}
[ ! -f "$f" ] || ssh-keygen -F ${hostOf(wanted)} -f "$f" 2>/dev/null | sed -n '/^#/!s/^/line=/p'`,
  parse: answer => ({lines: all(answer, 'line')}),
  plan({lines}, wanted): readonly Change[] {
    const {key, state} = wanted
    const present = lines.filter(line => key === undefined || kindAndKey(line) === kindAndKey(key))
    if (state === 'absent') return present.length === 0 ? [] : [{what: 'key', before: present, after: null}]
    if (key !== undefined && !key.startsWith('|') && !namesOf(key).includes(hostOf(wanted)))
      throw new TaskError({
        message: `The key is not one of ${hostOf(wanted)}: its line begins with ${namesOf(key).join(',')}`,
      })
    // A host has one key of each kind: another one of this kind is replaced.
    const others = lines.filter(line => kindOf(line) === kindOf(key ?? '') && !present.includes(line))
    return present.length > 0 && others.length === 0 ? [] : [{what: 'key', before: others, after: key ?? null}]
  },
  apply: ({before, after}, wanted) =>
    rewrite(wanted, Array.isArray(before) ? before.map(String) : [], after === null ? undefined : String(after)),
  result: (_, wanted) => ({name: hostOf(wanted), state: wanted.state}),
})

function rewrite(wanted: Wanted, unwanted: readonly string[], line: string | undefined): Shell {
  const add =
    line === undefined
      ? sh``
      : sh`printf '%s\n' ${line} >"$t.new"; ${raw(wanted.hash_host ? sh`ssh-keygen -q -H -f "$t.new" >/dev/null 2>&1; rm -f -- "$t.new.old";` : sh``)} cat "$t.new" >>"$t"`
  return sh`f=${raw(fileOf(wanted))}; d=\${f%/*}; [ -d "$d" ] || mkdir -p -m 0700 -- "$d"
t=$(mktemp "$d/.provision.XXXXXX") || exit 1; trap 'rm -f -- "$t" "$t.new"' EXIT
if [ -f "$f" ]; then printf '%s\n' ${unwanted.length === 0 ? [''] : unwanted} | grep -v -x -F -f - -- "$f" >"$t"; chmod --reference="$f" "$t"; chown --reference="$f" "$t"; else chmod 0644 "$t"; fi
${raw(add)}
mv -f -- "$t" "$f"`
}

function fileOf({path}: Wanted): Shell {
  return path === undefined ? sh`"$HOME"/.ssh/known_hosts` : sh`${path}`
}

function hostOf({name, host}: Wanted): string {
  return (name ?? host ?? '').toLowerCase()
}

/** The words of a line without its marker (@cert-authority). */
function parts(line: string): readonly string[] {
  const words = line.trim().split(/\s+/)
  return words[0]?.startsWith('@') ? words.slice(1) : words
}

function namesOf(line: string): readonly string[] {
  return parts(line)[0]?.toLowerCase().split(',') ?? []
}

function kindOf(line: string): string {
  return parts(line)[1] ?? ''
}

function kindAndKey(line: string): string {
  return parts(line).slice(1, 3).join(' ')
}
