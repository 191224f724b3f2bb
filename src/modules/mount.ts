import {z} from 'zod'
import {type Change, hostModule} from '../module.ts'
import {allOf, raw, type Shell, sh} from '../shell/shell.ts'
import {all, fields} from './answer.ts'
import {bool, oneOf, absolutePath as path, text, word} from './arguments.ts'
import {askFile, decode, editable, type FileState, readFile, upload} from './content.ts'

const schema = z
  .strictObject({
    path: path.optional().describe('Where it is mounted.'),
    name: path.optional().describe('Another name for path.'),
    src: word.optional().describe('What is mounted: a device, a UUID, a path, a network share.'),
    fstype: word.optional().describe('The kind of file system.'),
    opts: word.default('defaults').describe('Options, separated by commas.'),
    dump: text.default('0').describe('The fifth field of fstab.'),
    passno: text.default('0').describe('The sixth field of fstab.'),
    boot: bool.default(true).describe('With false it is not mounted at each start (noauto).'),
    state: z
      .enum(['mounted', 'present', 'unmounted', 'absent', 'remounted'])
      .describe(
        'mounted: now and in fstab; present: in fstab; unmounted: not now; absent: neither, and the directory is removed; remounted: each time.',
      ),
    fstab: path.default('/etc/fstab').describe('The file.'),
    backup: bool.default(false).describe('Keeps the old file beside the new one.'),
  })
  .refine(oneOf('path', 'name'), 'path is missing')
  .refine(
    ({state, src, fstype}) => !['mounted', 'present'].includes(state) || (src !== undefined && fstype !== undefined),
    'src and fstype are missing',
  )

type Wanted = z.infer<typeof schema>
type State = FileState & {readonly isMounted: boolean; readonly exists: boolean}

/** mount: a file system, in fstab and mounted. */
export const mount = hostModule<Wanted, State>({
  name: 'mount',
  summary: 'Mounts and unmounts file systems, and writes them into fstab.',
  topic: 'system',
  example: {
    name: 'Data disk',
    mount: {path: '/srv/data', src: 'LABEL=data', fstype: 'ext4', opts: 'noatime', state: 'mounted'},
  },
  schema,
  probe: wanted => sh`if findmnt -n --mountpoint ${pathOf(wanted)} >/dev/null 2>&1; then echo mounted=yes; fi
if [ -e ${pathOf(wanted)} ]; then echo exists=yes; fi
f=${wanted.fstab}
${raw(askFile(editable))}`,
  parse: answer => ({
    ...readFile(answer),
    isMounted: fields(answer).mounted === 'yes',
    exists: all(answer, 'exists').length > 0,
  }),
  plan(state, wanted): readonly Change[] {
    const {isMounted} = state
    const now = isMounted ? 'mounted' : 'not mounted'
    const after = fstab(state, wanted)
    const inFile = after === textOf(state) ? [] : [{what: 'fstab', before: textOf(state), after}]
    const unmounted = isMounted ? [{what: 'mount', before: now, after: 'unmounted'}] : []
    if (wanted.state === 'present') return inFile
    if (wanted.state === 'unmounted') return unmounted
    if (wanted.state === 'remounted') return [{what: 'mount', before: now, after: 'remounted', unseen: true}]
    if (wanted.state === 'absent')
      return [
        ...unmounted,
        ...inFile,
        ...(state.exists ? [{what: 'directory', before: 'present', after: 'absent'}] : []),
      ]
    if (!isMounted) return [{what: 'mount', before: now, after: 'mounted'}, ...inFile]
    return inFile.length === 0 ? [] : [{what: 'mount', before: now, after: 'remounted', unseen: true}, ...inFile]
  },
  apply(change, wanted, state) {
    if (change.what === 'fstab') return upload(state.path, String(change.after), {backup: wanted.backup}, state)
    if (change.what === 'directory') return sh`rmdir -- ${pathOf(wanted)}`
    if (change.after === 'unmounted') return sh`umount -- ${pathOf(wanted)}`
    return change.after === 'mounted' ? mountNow(wanted) : remount(state, wanted)
  },
  result: (_, wanted) => ({
    name: pathOf(wanted),
    src: wanted.src ?? null,
    fstype: wanted.fstype ?? null,
    opts: optionsOf(wanted),
    fstab: wanted.fstab,
  }),
})

// Before fstab is written: what cannot be mounted must not stop the next start.
function mountNow(wanted: Wanted): Shell {
  const {src = '', fstype = ''} = wanted
  const target = pathOf(wanted)
  return sh`[ -e ${target} ] || mkdir -p -- ${target}; mount -t ${fstype} -o ${optionsOf(wanted)} -- ${src} ${target}`
}

function remount(state: State, wanted: Wanted): Shell {
  const target = pathOf(wanted)
  if (wanted.state === 'remounted') return sh`mount -o remount -- ${target}`
  const [src, , fstype] = entriesOf(state).find(entry => isFor(entry, wanted)) ?? []
  const isSame = src === encode(wanted.src ?? '') && fstype === wanted.fstype
  return isSame
    ? sh`mount -o ${`remount,${optionsOf(wanted)}`} -- ${target}`
    : allOf(sh`umount -- ${target}`, mountNow(wanted))
}

function fstab(state: State, wanted: Wanted): string {
  const {src = '', fstype = '', dump, passno} = wanted
  if (wanted.state === 'unmounted' || wanted.state === 'remounted') return textOf(state)
  const lines = textOf(state).split('\n')
  const isOurs = (line: string) => isFor(line.trim().split(/\s+/), wanted)
  if (wanted.state === 'absent') return lines.filter(line => !isOurs(line)).join('\n')
  const entry = [encode(src), encode(pathOf(wanted)), fstype, encode(optionsOf(wanted)), dump, passno]
  if (lines.some(isOurs))
    return lines.map(line => (isOurs(line) && !isSame(line, entry) ? entry.join(' ') : line)).join('\n')
  const present = lines.at(-1) === '' ? lines.slice(0, -1) : lines
  return [...present, entry.join(' '), ''].join('\n')
}

function entriesOf(state: State): readonly (readonly string[])[] {
  return textOf(state)
    .split('\n')
    .map(line => line.trim().split(/\s+/))
}

function isFor([src, target]: readonly string[], wanted: Wanted): boolean {
  if (src === undefined || src.startsWith('#')) return false
  return wanted.fstype === 'swap' ? src === encode(wanted.src ?? '') : target === encode(pathOf(wanted))
}

function isSame(line: string, entry: readonly string[]): boolean {
  const [src, target, fstype, opts, dump = '0', passno = '0'] = line.trim().split(/\s+/)
  return [src, target, fstype, opts, dump, passno].join(' ') === entry.join(' ')
}

// fstab writes blanks in octal.
function encode(value: string): string {
  return value.replaceAll('\\', '\\134').replaceAll(' ', '\\040').replaceAll('\t', '\\011')
}

function optionsOf({opts, boot}: Wanted): string {
  return boot || opts.split(',').includes('noauto') ? opts : `${opts},noauto`
}

function textOf(state: State): string {
  return decode(state.bytes ?? Buffer.alloc(0)) ?? ''
}

function pathOf({path, name}: Wanted): string {
  const whole = path ?? name ?? ''
  return whole.replace(/(?<=.)\/+$/, '')
}
