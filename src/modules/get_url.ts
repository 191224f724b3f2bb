import {z} from 'zod'
import {type Change, hostModule} from '../module.ts'
import {raw, sh} from '../shell/shell.ts'
import {fields} from './answer.ts'
import {attributes, bool, path} from './arguments.ts'
import {applyAttribute, askPath, attributeChanges, type PathState, readPath} from './attributes.ts'
import {download} from './download.ts'
import {resolveMode} from './mode.ts'

const schema = z.strictObject({
  url: z.url({protocol: /^https?$/}).describe('Where the file is.'),
  dest: path.describe('Where it goes; in a directory it is named like the last part of the URL.'),
  checksum: z
    .string()
    .regex(/^(md5|sha1|sha224|sha256|sha384|sha512):[0-9a-fA-F]+$/, 'must be like sha256:0123…')
    .transform(sum => sum.toLowerCase())
    .optional()
    .describe('What the file must be, as algorithm:hex; another file is replaced.'),
  force: bool.default(false).describe('Downloads each time.'),
  ...attributes,
})

type Wanted = z.infer<typeof schema>
type State = PathState & {readonly path: string; readonly checksum: string}

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
  probe: wanted => sh`f=${wanted.dest}; if [ -d "$f" ]; then f=\${f%/}/${nameOf(wanted.url)}; fi
${raw(askPath('follow'))}
printf 'path=%s\n' "$f"
[ $t != file ] || printf 'checksum=%s\n' "$(${sumTool(wanted)} <"$f" | cut -d ' ' -f 1)"`,
  parse: answer => ({...readPath(answer), path: fields(answer).path ?? '', checksum: fields(answer).checksum ?? ''}),
  plan(state, wanted): readonly Change[] {
    const after = wanted.checksum ?? wanted.url
    if (state.type === 'absent') return [{what: 'content', before: null, after}]
    const attributes = attributeChanges(state, wanted)
    const isOther = wanted.checksum !== undefined && state.checksum !== wanted.checksum.split(':')[1]
    if (isOther) return [{what: 'content', before: state.checksum, after}, ...attributes]
    return wanted.force ? [{what: 'content', before: state.checksum, after, unseen: true}, ...attributes] : attributes
  },
  apply: (change, wanted, state) => applyAttribute(change, state.path, state) ?? fetchTo(state, wanted),
  result: (state, {url}) => ({dest: state.path, url, checksum_dest: state.checksum, size: state.size}),
})

function fetchTo(state: State, wanted: Wanted) {
  const {owner, group, checksum, url} = wanted
  const mode =
    wanted.mode === undefined ? (state.type === 'file' ? state.mode : '0644') : resolveMode(wanted.mode, '0644', false)
  const message = `${url} is not what the checksum says: it is`
  return sh`f=${state.path}; t=$(mktemp "\${f%/*}/.provision.XXXXXX") || exit 1; trap 'rm -f -- "$t"' EXIT
${raw(download(url))} || exit 1
s=$(${sumTool(wanted)} <"$t" | cut -d ' ' -f 1)
[ "$s" = ${checksum?.split(':')[1] ?? raw(sh`"$s"`)} ] || { printf '%s %s\n' ${message} "$s" >&2; exit 1; }
chmod ${mode} "$t" && ${raw(owner === undefined ? sh`:` : sh`chown ${owner} "$t"`)} && ${raw(group === undefined ? sh`:` : sh`chgrp ${group} "$t"`)} && mv -f -- "$t" "$f"`
}

function sumTool({checksum}: Wanted): string {
  return `${checksum?.split(':')[0] ?? 'sha1'}sum`
}

function nameOf(url: string): string {
  return new URL(url).pathname.split('/').at(-1) || 'index.html'
}
