import {z} from 'zod'
import {hostModule, type Values} from '../module.ts'
import {raw, sh} from '../shell/shell.ts'
import {fields} from './answer.ts'
import {bool, path} from './arguments.ts'
import {askPath, readPath} from './attributes.ts'

const schema = z.strictObject({
  path: path.describe('What to look at.'),
  follow: bool.default(false).describe('Looks at what a link points to.'),
  get_checksum: bool.default(true).describe('Computes the checksum of a file.'),
  checksum_algorithm: z
    .enum(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'])
    .default('sha1')
    .describe('Which checksum.'),
})

type Wanted = z.infer<typeof schema>
type State = {readonly stat: Values}

/** stat: says what is at a path. */
export const stat = hostModule<Wanted, State>({
  name: 'stat',
  summary: 'Says whether something is at a path, and what: kind, size, owner, mode, checksum.',
  topic: 'files',
  example: {name: 'Whether the site is there', stat: {path: '/opt/site/compose.yml'}, register: 'site'},
  schema,
  aliases: {dest: 'path', name: 'path', checksum: 'checksum_algorithm', checksum_algo: 'checksum_algorithm'},
  refused: {
    get_mime: 'leave it out: use command with file',
    mime: 'leave it out: use command with file',
    get_attributes: 'leave it out: use command with lsattr',
  },
  probe: wanted => sh`f=${wanted.path}
${raw(askPath(wanted.follow ? 'follow' : 'nofollow'))}
[ $t = absent ] || { stat ${wanted.follow ? ['-L'] : []} -c 'mtime=%Y
inode=%i
nlink=%h' -- "$f"
[ $t != link ] || printf 'lnk_target=%s\nlnk_source=%s\n' "$(readlink -- "$f")" "$(readlink -f -- "$f")"
[ -r "$f" ] && echo readable=yes; [ -w "$f" ] && echo writeable=yes; [ -x "$f" ] && echo executable=yes; }
${raw(wanted.get_checksum ? sh`[ $t != file ] || printf 'checksum=%s\n' "$(${`${wanted.checksum_algorithm}sum`} <"$f" | cut -d ' ' -f 1)"` : sh``)}`,
  parse: (answer, wanted) => ({stat: readStat(answer, wanted.path)}),
  plan: () => [],
  apply: () => sh`:`,
  result: state => state,
})

function readStat(answer: string, path: string): Values {
  const {type, mode, owner, group, uid, gid, size} = readPath(answer)
  if (type === 'absent') return {exists: false}
  const said = fields(answer)
  return {
    exists: true,
    path,
    mode,
    isreg: type === 'file',
    isdir: type === 'directory',
    islnk: type === 'link',
    size,
    uid: Number(uid),
    gid: Number(gid),
    pw_name: owner,
    gr_name: group,
    mtime: Number(said.mtime),
    inode: Number(said.inode),
    nlink: Number(said.nlink),
    readable: said.readable === 'yes',
    writeable: said.writeable === 'yes',
    executable: said.executable === 'yes',
    ...(said.lnk_target !== undefined && {lnk_target: said.lnk_target, lnk_source: said.lnk_source ?? ''}),
    ...(said.checksum !== undefined && {checksum: said.checksum}),
  }
}
