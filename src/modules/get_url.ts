import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {type Change, hostModule} from '../module.ts'
import {raw, type Shell, sh} from '../shell/shell.ts'
import {fields} from './answer.ts'
import {attributes, bool, count, path, text, word} from './arguments.ts'
import {applyAttribute, askPath, attributeChanges, type PathState, readPath} from './attributes.ts'
import {download} from './download.ts'
import {resolveMode} from './mode.ts'

const schema = z.strictObject({
  url: z.url({protocol: /^https?$/}).describe('Where the file is.'),
  dest: path.describe('Where it goes; in a directory it is named like the last part of the URL.'),
  checksum: z
    .string()
    .regex(/^(md5|sha1|sha224|sha256|sha384|sha512):([0-9a-fA-F]+|https?:\/\/.+)$/, 'must be like sha256:0123…')
    .optional()
    .describe('What the file must be, as algorithm:hex, or algorithm:URL of a list of sums; another file is replaced.'),
  force: bool.default(false).describe('Downloads each time.'),
  headers: z.record(z.string(), text).default({}).describe('Headers that are sent.'),
  timeout: count.default(10).describe('Seconds to wait for an answer.'),
  validate_certs: bool.default(true).describe('With false any certificate will do.'),
  url_username: word.optional().describe('Name for basic authentication.'),
  url_password: text.optional().describe('Its password.'),
  force_basic_auth: bool.optional().describe('Taken for playbooks that have it; name and password always go along.'),
  ...attributes,
})

type Wanted = z.infer<typeof schema>
type State = PathState & {readonly path: string; readonly checksum: string; readonly expected: string | undefined}

/** get_url: downloads a file onto the host. */
export const get_url = hostModule<Wanted, State>({
  name: 'get_url',
  summary: 'Downloads a file onto the host, by curl, wget or what apt has.',
  topic: 'files',
  example: {
    name: 'Release',
    get_url: {url: 'https://example.com/tool.tar.gz', dest: '/usr/local/src/tool.tar.gz', mode: '0644'},
  },
  schema,
  aliases: {username: 'url_username', password: 'url_password'},
  probe: wanted => sh`f=${wanted.dest}; if [ -d "$f" ]; then f=\${f%/}/${nameOf(wanted.url)}; fi
${raw(askPath('follow'))}
printf 'path=%s\n' "$f"
[ $t != file ] || printf 'checksum=%s\n' "$(${sumTool(wanted)} <"$f" | cut -d ' ' -f 1)"
${raw(askExpected(wanted))}`,
  parse: (answer, wanted) => {
    const {path = '', checksum = '', expected} = fields(answer)
    return {...readPath(answer), path, checksum, expected: expected ?? sumOf(wanted)}
  },
  plan(state, wanted): readonly Change[] {
    if (state.expected === '')
      throw new TaskError({message: `${wanted.checksum} has no checksum for ${nameOf(wanted.url)}`})
    const after = wanted.checksum ?? wanted.url
    if (state.type === 'absent') return [{what: 'content', before: null, after}]
    const attributes = attributeChanges(state, wanted)
    const isOther = state.expected !== undefined && state.checksum !== state.expected
    if (isOther) return [{what: 'content', before: state.checksum, after}, ...attributes]
    return wanted.force ? [{what: 'content', before: state.checksum, after, unseen: true}, ...attributes] : attributes
  },
  apply: (change, wanted, state) => applyAttribute(change, state.path, state) ?? fetchTo(state, wanted),
  result: (state, {url}) => ({dest: state.path, url, checksum_dest: state.checksum, size: state.size}),
})

function fetchTo(state: State, wanted: Wanted) {
  const {owner, group, url} = wanted
  const mode =
    wanted.mode === undefined ? (state.type === 'file' ? state.mode : '0644') : resolveMode(wanted.mode, '0644', false)
  const message = `${url} is not what the checksum says: it is`
  return sh`f=${state.path}; t=$(mktemp "\${f%/*}/.provision.XXXXXX") || exit 1; trap 'rm -f -- "$t"' EXIT
${raw(download(url, wanted))} || exit 1
s=$(${sumTool(wanted)} <"$t" | cut -d ' ' -f 1)
[ "$s" = ${state.expected ?? raw(sh`"$s"`)} ] || { printf '%s %s\n' ${message} "$s" >&2; exit 1; }
chmod ${mode} "$t" && ${raw(owner === undefined ? sh`:` : sh`chown ${owner} "$t"`)} && ${raw(group === undefined ? sh`:` : sh`chgrp ${group} "$t"`)} && mv -f -- "$t" "$f"`
}

function sumTool({checksum}: Wanted): string {
  return `${checksum?.split(':')[0] ?? 'sha1'}sum`
}

function isList({checksum}: Wanted): boolean {
  return checksum !== undefined && /^\w+:https?:/.test(checksum)
}

/** The checksum that the arguments say themselves. */
function sumOf(wanted: Wanted): string | undefined {
  return isList(wanted) ? '' : wanted.checksum?.split(':')[1]?.toLowerCase()
}

/** Says `expected=`, as a list on the web has it: alone, or before the file's name. */
function askExpected(wanted: Wanted): Shell {
  const {checksum = '', url} = wanted
  if (!isList(wanted)) return sh``
  return sh`(t=$(mktemp) || exit 1; trap 'rm -f -- "$t"' EXIT
${raw(download(checksum.slice(checksum.indexOf(':') + 1), wanted))} || exit 1
awk -v name=${nameOf(url)} 'NF == 1 && NR == 1 {alone = $1} NF > 1 {n = $2; sub(/^\\*/, "", n); sub(/^(\\.\\/)+/, "", n); if (n == name && found == "") found = $1} END {print "expected=" tolower(found == "" && NR == 1 ? alone : found)}' "$t")`
}

function nameOf(url: string): string {
  return new URL(url).pathname.split('/').at(-1) || 'index.html'
}
