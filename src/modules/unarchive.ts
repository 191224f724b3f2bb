import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {type Change, hostModule, type Values} from '../module.ts'
import {allOf, raw, type Shell, sh} from '../shell/shell.ts'
import {all, fields} from './answer.ts'
import {compareArchive, extractArchive} from './archives.ts'
import {attributes, bool, oneOf, path, words} from './arguments.ts'
import {attributeChanges, type PathState, readPath} from './attributes.ts'
import {download} from './download.ts'

const schema = z
  .strictObject({
    src: z
      .string()
      .min(1)
      .optional()
      .describe('The archive: a file of the controller; with remote_src one of the host, or a URL.'),
    content: z.string().optional().describe('The archive itself; set when src is a file that looks like text.'),
    content_base64: z
      .base64()
      .optional()
      .describe('The archive itself, in base64; set when src is a file of the controller.'),
    dest: path.describe('The directory into which it is unpacked; it must be there.'),
    remote_src: bool.default(false).describe('src is on the host, or a URL.'),
    copy: bool.optional().describe('The older word for the opposite of remote_src.'),
    creates: path.optional().describe('When this exists, nothing is unpacked.'),
    exclude: words.default([]).describe('Members that are left out.'),
    include: words.default([]).describe('The only members that are unpacked.'),
    extra_opts: z.array(z.string()).default([]).describe('More options for tar or unzip.'),
    ...attributes,
  })
  .refine(oneOf('src', 'content', 'content_base64'), {error: 'src is missing', path: ['src']})
  .transform(({copy, ...args}) => ({...args, remote_src: args.remote_src || copy === false}))

type Wanted = z.infer<typeof schema>
type State = {
  /** Whether dest is a directory. */
  readonly dest: boolean
  readonly created: boolean
  /** What is wrong with the archive itself; empty when it could be read. */
  readonly archive: string
  readonly differs: readonly string[]
  /** Members whose mode or owner is not as wanted; asked for only when one is wanted. */
  readonly members: readonly PathState[]
}

/** unarchive: unpacks an archive onto a host. */
export const unarchive = hostModule<Wanted, State>({
  name: 'unarchive',
  summary: 'Unpacks a tar or zip archive, from the controller, the host or a URL, into a directory of the host.',
  topic: 'files',
  example: {
    name: 'Unpack a release',
    unarchive: {src: 'https://example.com/app.tar.gz', dest: '/opt/app', remote_src: true},
  },
  schema,
  refused: {
    list_files: 'use command with tar -t',
    keep_newer: 'use extra_opts with --keep-newer-files',
    validate_certs: 'leave it out: certificates are always checked',
  },
  source: 'file',
  slow: true,
  probe: wanted => sh`(
${raw(wanted.creates === undefined ? sh`` : sh`if [ -e ${wanted.creates} ] || [ -L ${wanted.creates} ]; then echo created=yes; exit; fi`)}
[ -d ${wanted.dest} ] || exit; echo dest=yes
${raw(withArchive(wanted))}
${raw(compareArchive(wanted))}
)`,
  parse: answer => ({
    dest: fields(answer).dest === 'yes',
    created: fields(answer).created === 'yes',
    archive: fields(answer).archive ?? '',
    differs: all(answer, 'differs'),
    members: all(answer, 'member').map(row => readPath(row.replaceAll('\t', '\n'))),
  }),
  plan(state, wanted): readonly Change[] {
    if (state.created) return []
    if (!state.dest) throw new TaskError({message: `${wanted.dest}, into which is to be unpacked, is not a directory`})
    if (state.archive !== '') throw new TaskError({message: `${wanted.src ?? 'the archive'} ${state.archive}`})
    if (state.differs.length > 0) return [{what: 'files', before: null, after: state.differs}]
    return state.members.some(member => attributeChanges(member, wanted).length > 0)
      ? [{what: 'attributes', before: null, after: attributesOf(wanted)}]
      : []
  },
  apply: (_, wanted) => sh`(
{ ${raw(withArchive(wanted))}
} >&2
${raw(extractArchive(wanted))}
)`,
  result: ({created}, {dest, src, creates = ''}) => ({
    dest,
    ...(src !== undefined && {src}),
    ...(created && {skipped: true, msg: `skipped, since ${creates} exists`}),
  }),
})

/** Leaves the archive's path in the shell variable `a`; ends the (sub)shell when it cannot be had. */
function withArchive(wanted: Wanted): Shell {
  const {src = '', content, content_base64, remote_src} = wanted
  const temporary = sh`t=$(mktemp) || exit 1; trap 'rm -f -- "$t"' EXIT; a=$t`
  if (remote_src && /^(https?|ftp):\/\//.test(src))
    return allOf(temporary, sh`${raw(download(src))} || { echo 'archive=could not be downloaded'; exit 1; }`)
  if (remote_src) return sh`a=${src}; [ -f "$a" ] || { echo 'archive=is not a file on the host'; exit 1; }`
  const base64 = content_base64 ?? Buffer.from(content ?? '').toString('base64')
  return allOf(temporary, sh`printf '%s' ${base64} | base64 -d >"$a"`)
}

function attributesOf({mode, owner, group}: Wanted): Values {
  return {...(owner !== undefined && {owner}), ...(group !== undefined && {group}), ...(mode !== undefined && {mode})}
}
