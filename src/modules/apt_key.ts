import {createHash} from 'node:crypto'
import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {type Change, hostModule} from '../module.ts'
import {raw, type Shell, sh} from '../shell/shell.ts'
import {fields} from './answer.ts'
import {atMostOneOf, oneOf, path, word} from './arguments.ts'
import {download} from './download.ts'

const schema = z
  .strictObject({
    url: z
      .url({protocol: /^https?$/})
      .optional()
      .describe('Where the key is.'),
    data: z.string().min(1).optional().describe('The text of an armored key.'),
    file: path.optional().describe('A file on the host with the key.'),
    id: word.optional().describe('The id of the key; here it only names the file.'),
    keyring: path.optional().describe('The file that the key goes into; by default one in /etc/apt/trusted.gpg.d.'),
    state: z.enum(['present', 'absent']).default('present').describe('Whether the key is to be there.'),
  })
  .refine(atMostOneOf('url', 'data', 'file'), 'url, data and file exclude each other')
  .refine(oneOf('url', 'data', 'file', 'id', 'keyring'), 'url, data or file is missing')

type Wanted = z.infer<typeof schema>
type State = {readonly isPresent: boolean}

/** apt_key: a key that apt trusts, in a file of its own. */
export const apt_key = hostModule<Wanted, State>({
  name: 'apt_key',
  summary:
    'Adds a key to those that apt trusts, or removes it; deb822_repository with signed_by trusts it for one repository only.',
  topic: 'packages',
  example: {
    name: 'Key of the repository',
    apt_key: {url: 'https://example.com/key.asc', keyring: '/etc/apt/keyrings/example.gpg'},
  },
  schema,
  refused: {
    keyserver: 'use url, or data with the key itself',
    validate_certs: 'leave it out: certificates are always checked',
  },
  probe: wanted => sh`[ ! -s ${fileOf(wanted)} ] || echo key=yes`,
  parse: answer => ({isPresent: fields(answer).key === 'yes'}),
  plan({isPresent}, wanted): readonly Change[] {
    const isWanted = wanted.state === 'present'
    if (isPresent === isWanted) return []
    if (isWanted && (wanted.url ?? wanted.data ?? wanted.file) === undefined)
      throw new TaskError({message: 'There is no key to add: url, data or file is missing'})
    return [{what: 'key', before: isPresent ? fileOf(wanted) : null, after: isWanted ? fileOf(wanted) : null}]
  },
  apply: (_, wanted) => (wanted.state === 'absent' ? sh`rm -f -- ${fileOf(wanted)}` : put(wanted)),
  result: (_, wanted) => ({keyring: fileOf(wanted)}),
})

// apt takes a key in a .gpg file only when it is not armored.
function put(wanted: Wanted): Shell {
  const target = fileOf(wanted)
  return sh`f=${target}; d=\${f%/*}; mkdir -p -- "$d"; t=$(mktemp "$d/.provision.XXXXXX") || exit 1; trap 'rm -f -- "$t" "$t.bin"' EXIT
${raw(get(wanted))} || exit 1
[ -s "$t" ] || { echo 'The key is empty' >&2; exit 1; }
if grep -a -q -e '-----BEGIN PGP PUBLIC KEY' "$t"; then ${raw(target.endsWith('.asc') ? sh`:` : dearmor)}; fi
chmod 0644 "$t" && mv -f -- "$t" "$f"`
}

const dearmor = sh`tr -d '\r' <"$t" | awk '/^-----BEGIN/ {b = 1; next} /^-----END/ || /^=/ {b = 0} b == 2 {print} b == 1 && /^$/ {b = 2}' | base64 -d >"$t.bin" && mv -f -- "$t.bin" "$t" || exit 1`

function get({url, data, file}: Wanted): Shell {
  if (url !== undefined) return download(url)
  return file === undefined ? sh`printf '%s\n' ${data ?? ''} >"$t"` : sh`cat -- ${file} >"$t"`
}

function fileOf({keyring, id, url, file, data = ''}: Wanted): string {
  if (keyring !== undefined) return keyring
  const name =
    id ?? url?.replace(/^https?:\/\//, '') ?? file ?? createHash('sha256').update(data).digest('hex').slice(0, 16)
  return `/etc/apt/trusted.gpg.d/${name.replace(/[^a-zA-Z0-9]+/g, '_').replace(/^_|_$/g, '')}.gpg`
}
