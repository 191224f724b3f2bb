import {z} from 'zod'
import {type Change, hostModule} from '../module.ts'
import {raw, type Shell, sh} from '../shell/shell.ts'
import {fields} from './answer.ts'
import {bool, words} from './arguments.ts'
import {decode} from './content.ts'
import {download} from './download.ts'

const schema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[\w .-]+$/, 'must be letters, digits, blanks and . _ -')
      .describe('The repository; its file is named like this.'),
    state: z.enum(['present', 'absent']).default('present').describe('Whether it is to be there.'),
    types: words.default(['deb']).describe('deb, deb-src.'),
    uris: words.optional().describe('Where it is.'),
    suites: words.optional().describe('Suites, such as trixie.'),
    components: words.optional().describe('Components, such as main.'),
    architectures: words.optional().describe('Architectures; all that the host has by default.'),
    signed_by: z
      .string()
      .min(1)
      .optional()
      .describe('The key: a URL, the text of an armored key, a path or a fingerprint.'),
    enabled: bool.optional().describe('Whether apt uses it.'),
  })
  .refine(
    args => args.state === 'absent' || (args.uris !== undefined && args.suites !== undefined),
    'uris and suites are missing',
  )

type Wanted = z.infer<typeof schema>
type State = {readonly source: string | undefined /** Where the downloaded key is. */; readonly key: string | undefined}

/** deb822_repository: a source of packages and its key. */
export const deb822_repository = hostModule<Wanted, State>({
  name: 'deb822_repository',
  summary: 'Adds a package repository, with its key, to those that apt uses; or removes it.',
  topic: 'packages',
  example: {
    name: "Docker's repository",
    deb822_repository: {
      name: 'docker',
      uris: 'https://download.docker.com/linux/debian',
      suites: 'trixie',
      components: 'stable',
      signed_by: 'https://download.docker.com/linux/debian/gpg',
    },
  },
  schema,
  probe: wanted => sh`for k in ${keysOf(wanted)}; do if [ -s "$k" ]; then printf 'key=%s\n' "$k"; fi; done
if [ -f ${fileOf(wanted)} ]; then printf 'source='; base64 <${fileOf(wanted)} | tr -d '\n'; fi`,
  parse(answer) {
    const {source, key} = fields(answer)
    return {source: source === undefined ? undefined : decode(Buffer.from(source, 'base64')), key}
  },
  plan(state, wanted): readonly Change[] {
    const {source = null, key} = state
    if (wanted.state === 'absent')
      return source === null && key === undefined
        ? []
        : [{what: 'repository', before: source ?? key ?? null, after: null}]
    const keyChange =
      isUrl(wanted) && key === undefined ? [{what: 'key', before: null, after: wanted.signed_by ?? null}] : []
    const after = contentOf(wanted, key ?? keysOf(wanted)[0] ?? '')
    return [...keyChange, ...(source === after ? [] : [{what: 'repository', before: source, after}])]
  },
  apply(change, wanted) {
    if (change.after === null) return sh`rm -f -- ${fileOf(wanted)} ${keysOf(wanted)}`
    return change.what === 'key' ? fetchKey(wanted) : writeSource(wanted)
  },
  result: (state, wanted) => ({dest: fileOf(wanted), key_filename: state.key ?? null}),
})

// apt takes an armored key only from a file that ends in .asc: the name depends on what was downloaded.
function fetchKey(wanted: Wanted): Shell {
  const [armored = '', binary = ''] = keysOf(wanted)
  return sh`mkdir -p -m 0755 /etc/apt/keyrings; t=$(mktemp /etc/apt/keyrings/.provision.XXXXXX) || exit 1; trap 'rm -f -- "$t"' EXIT
${raw(download(wanted.signed_by ?? ''))} || exit 1
[ -s "$t" ] || { echo 'The key is empty' >&2; exit 1; }
if grep -q -e '-----BEGIN PGP' "$t"; then k=${armored}; else k=${binary}; fi
chmod 0644 "$t" && mv -f -- "$t" "$k"`
}

function writeSource(wanted: Wanted): Shell {
  const [before = '', after = ''] = contentOf(wanted, '\0').split('\0')
  return sh`k=; for p in ${keysOf(wanted)}; do if [ -s "$p" ]; then k=$p; fi; done
t=$(mktemp /etc/apt/sources.list.d/.provision.XXXXXX) && printf '%s' ${before} ${raw(isUrl(wanted) ? sh`"$k"` : sh``)} ${after} >"$t" && chmod 0644 "$t" && mv -f -- "$t" ${fileOf(wanted)}`
}

function contentOf(wanted: Wanted, key: string): string {
  const {name, types, uris = [], suites = [], components = [], architectures = [], signed_by, enabled} = wanted
  const rows: readonly (readonly [string, string])[] = [
    ['X-Repolib-Name', name],
    ['Types', types.join(' ')],
    ['URIs', uris.join(' ')],
    ['Suites', suites.join(' ')],
    ['Components', components.join(' ')],
    ['Architectures', architectures.join(' ')],
    ['Signed-By', isUrl(wanted) ? key : indent(signed_by ?? '')],
    ['Enabled', enabled === undefined ? '' : enabled ? 'yes' : 'no'],
  ]
  return rows
    .filter(([, value]) => value !== '')
    .map(([field, value]) => `${field}: ${value}\n`)
    .join('')
}

// A field of several lines: each begins with a blank, an empty one is a dot.
function indent(key: string): string {
  const [first = '', ...more] = key.trim().split('\n')
  return more.length === 0
    ? first
    : ['', first, ...more].map((line, index) => (index === 0 ? '' : ` ${line.trim() || '.'}`)).join('\n')
}

function isUrl({signed_by = ''}: Wanted): boolean {
  return /^https?:\/\//.test(signed_by)
}

function fileOf(wanted: Wanted): string {
  return `/etc/apt/sources.list.d/${slug(wanted)}.sources`
}

function keysOf(wanted: Wanted): readonly string[] {
  return [`/etc/apt/keyrings/${slug(wanted)}.asc`, `/etc/apt/keyrings/${slug(wanted)}.gpg`]
}

function slug({name}: Wanted): string {
  return name.toLowerCase().replaceAll(' ', '-')
}
