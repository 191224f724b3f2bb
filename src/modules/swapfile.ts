import {z} from 'zod'
import {type Change, hostModule} from '../module.ts'
import {raw, sh} from '../shell/shell.ts'
import {fields} from './answer.ts'
import {count, absolutePath as path} from './arguments.ts'

const schema = z
  .strictObject({
    path: path.default('/swapfile').describe('The file.'),
    size_mb: count.optional().describe('Its size in MiB.'),
    state: z.enum(['present', 'absent']).default('present').describe('Whether it is to be there and in use.'),
  })
  .refine(args => args.state === 'absent' || (args.size_mb ?? 0) > 0, {error: 'size_mb is missing', path: ['size_mb']})

type Wanted = z.infer<typeof schema>
type State = {readonly size: number; readonly active: boolean; readonly inFstab: boolean}

/** swapfile: swap space in a file. */
export const swapfile = hostModule<Wanted, State>({
  name: 'swapfile',
  summary: 'Makes a swap file, uses it now and at each start.',
  topic: 'system',
  example: {name: 'Swap', swapfile: {path: '/swapfile', size_mb: 1024}},
  schema,
  probe: wanted => sh`f=${wanted.path}; if [ -f "$f" ]; then printf 'size=%s\n' "$(stat -c %s -- "$f")"; fi
if awk -v f="$f" '$1 == f {found = 1} END {exit !found}' /proc/swaps 2>/dev/null; then echo active=yes; fi
if awk -v f="$f" '$1 == f && $3 == "swap" {found = 1} END {exit !found}' /etc/fstab 2>/dev/null; then echo fstab=yes; fi`,
  parse(answer) {
    const {size = '0', active, fstab} = fields(answer)
    return {size: Number(size) / 1_048_576, active: active === 'yes', inFstab: fstab === 'yes'}
  },
  plan({size, active, inFstab}, wanted): readonly Change[] {
    if (wanted.state === 'absent')
      return size > 0 || active || inFstab ? [{what: 'swap', before: `${size} MiB`, after: null}] : []
    const hasSize = size === wanted.size_mb
    return [
      ...(hasSize ? [] : [{what: 'size', before: size, after: wanted.size_mb ?? 0}]),
      ...(active && hasSize ? [] : [{what: 'active', before: active, after: true}]),
      ...(inFstab ? [] : [{what: 'fstab', before: false, after: true}]),
    ]
  },
  apply({what}, {path, size_mb = 0}, {active}) {
    const off = active ? sh`swapoff ${path}` : sh`:`
    // A file system without fallocate, or with holes in what it makes, gets its blocks written.
    if (what === 'size')
      return sh`${raw(off)} && rm -f -- ${path} && (umask 077; fallocate -l ${`${size_mb}MiB`} ${path} 2>/dev/null || dd if=/dev/zero of=${path} bs=1048576 count=${size_mb} 2>&1) && chmod 0600 ${path} && mkswap ${path} >/dev/null`
    if (what === 'active') return sh`swapon ${path}`
    if (what === 'fstab') return sh`printf '%s none swap sw 0 0\n' ${path} >>/etc/fstab`
    return sh`${raw(off)} && rm -f -- ${path} && t=$(mktemp /etc/.fstab.XXXXXX) && awk -v f=${path} '!($1 == f && $3 == "swap")' /etc/fstab >"$t" && chmod 0644 "$t" && mv -f -- "$t" /etc/fstab`
  },
  result: ({size, active}, {path}) => ({path, size_mb: size, active}),
})
