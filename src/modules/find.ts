import {z} from 'zod'
import {hostModule, type Values} from '../module.ts'
import {sh} from '../shell/shell.ts'
import {all} from './answer.ts'
import {bool, count, oneOf, path, words} from './arguments.ts'
import {octal} from './mode.ts'

const paths = z.union([z.array(path).min(1), path.transform(list => list.split(','))])

const schema = z
  .strictObject({
    paths: paths.optional().describe('Directories to look in.'),
    path: paths.optional().describe('Another name for paths.'),
    name: paths.optional().describe('Another name for paths.'),
    patterns: words
      .optional()
      .describe('Globs, one of which the name must match; with use_regex, regular expressions.'),
    pattern: words.optional().describe('Another name for patterns.'),
    excludes: words.optional().describe('Globs, none of which the name may match.'),
    exclude: words.optional().describe('Another name for excludes.'),
    use_regex: bool.default(false).describe('Patterns are (extended) regular expressions for the whole name.'),
    file_type: z.enum(['any', 'directory', 'file', 'link']).default('file').describe('What is looked for.'),
    recurse: bool.default(false).describe('Looks in directories below, too.'),
    depth: count.optional().describe('How many levels to go down with recurse.'),
    hidden: bool.default(false).describe('Takes names that begin with a dot, too.'),
    follow: bool.default(false).describe('Follows links to directories.'),
    age: z
      .union([z.int().transform(String), z.string().regex(/^-?\d+[smhdw]?$/i, 'must be like 3600, 2d or -1w')])
      .optional()
      .describe('At least this old; with a minus, at most. Seconds, or a number with s, m, h, d or w.'),
    age_stamp: z.enum(['atime', 'ctime', 'mtime']).default('mtime').describe('Which time counts.'),
    size: z
      .union([z.int().transform(String), z.string().regex(/^-?\d+[bkmgt]?$/i, 'must be like 1024, 10m or -1k')])
      .optional()
      .describe('At least this large; with a minus, at most. Bytes, or a number with b, k, m, g or t.'),
    contains: z
      .string()
      .min(1)
      .optional()
      .describe('A regular expression for the beginning of a line: only files with such a line.'),
    read_whole_file: bool.default(false).describe('contains may match anywhere in the file.'),
  })
  .refine(oneOf('paths', 'path', 'name'), 'paths is missing')

type Wanted = z.infer<typeof schema>
type Found = {readonly files: readonly Values[]; readonly examined: number; readonly skipped: Values}

/** find: lists files by name, age and size. */
export const find = hostModule<Wanted, Found>({
  name: 'find',
  summary: 'Lists the files below directories that have a certain name, age or size.',
  topic: 'files',
  example: {name: 'Old logs', find: {paths: '/var/log/app', patterns: '*.gz', age: '30d'}, register: 'old'},
  schema,
  probe: wanted => sh`for d in ${pathsOf(wanted)}; do
if [ -d "$d" ]; then find ${wanted.follow ? ['-L'] : []} "$d" -mindepth 1 ${depth(wanted)} ${filter(wanted)} -printf 'file=%m\t%U\t%G\t%u\t%g\t%s\t%y\t%T@\t%i\t%n\t%p\n' | LC_ALL=C sort
printf 'examined=%s\n' "$(find ${wanted.follow ? ['-L'] : []} "$d" -mindepth 1 ${depth(wanted)} | wc -l)"
else printf 'skipped=%s\n' "$d"; fi; done`,
  parse: answer => ({
    files: all(answer, 'file').map(readRow).toSorted(byPath),
    examined: all(answer, 'examined').reduce((sum, digits) => sum + Number(digits), 0),
    skipped: Object.fromEntries(all(answer, 'skipped').map(folder => [folder, 'not a directory'])),
  }),
  plan: () => [],
  apply: () => sh`:`,
  result: ({files, examined, skipped}) => ({files, matched: files.length, examined, skipped_paths: skipped}),
})

function readRow(row: string): Values {
  const [mode = '', uid, gid, owner = '', group = '', size, kind, mtime, inode, nlink, ...path] = row.split('\t')
  return {
    path: path.join('\t'),
    mode: octal(mode),
    isreg: kind === 'f',
    isdir: kind === 'd',
    islnk: kind === 'l',
    size: Number(size),
    uid: Number(uid),
    gid: Number(gid),
    pw_name: owner,
    gr_name: group,
    mtime: Number(mtime),
    inode: Number(inode),
    nlink: Number(nlink),
  }
}

function byPath(left: Values, right: Values): number {
  return String(left.path) < String(right.path) ? -1 : 1
}

function filter(wanted: Wanted): readonly string[] {
  const {file_type, hidden, age, age_stamp, size, use_regex} = wanted
  return [
    ...(use_regex ? ['-regextype', 'posix-extended'] : []),
    ...kinds[file_type],
    ...(hidden ? [] : ['!', '-name', '.*']),
    ...oneOfNames(wanted.patterns ?? wanted.pattern, use_regex),
    ...not(oneOfNames(wanted.excludes ?? wanted.exclude, use_regex)),
    ...(age === undefined ? [] : aged(age, age_stamp)),
    ...(size === undefined ? [] : sized(size)),
    ...(file_type === 'file' ? containing(wanted) : []),
  ]
}

const kinds = {any: [], directory: ['-type', 'd'], file: ['-type', 'f'], link: ['-type', 'l']} as const

function depth({recurse, depth: levels}: Wanted): readonly string[] {
  if (!recurse) return ['-maxdepth', '1']
  return levels === undefined || levels === 0 ? [] : ['-maxdepth', String(levels)]
}

function oneOfNames(patterns: readonly string[] = [], isRegex: boolean): readonly string[] {
  return patterns.length === 0 ? [] : ['(', ...either(patterns, isRegex), ')']
}

function not(condition: readonly string[]): readonly string[] {
  return condition.length === 0 ? [] : ['!', ...condition]
}

function either(patterns: readonly string[], isRegex: boolean): readonly string[] {
  return patterns.flatMap((one, index) => [
    ...(index === 0 ? [] : ['-o']),
    ...(isRegex ? ['-regex', `.*/(${one.replace(/^\^/, '').replace(/\$$/, '')})`] : ['-name', one]),
  ])
}

// -newerXt compares with a point in time; `now` of both is that of the probe.
function aged(age: string, stamp: 'atime' | 'ctime' | 'mtime'): readonly string[] {
  const seconds = Number(/\d+/.exec(age)?.[0]) * (units[age.at(-1)?.toLowerCase() ?? ''] ?? 1)
  const newer = [`-newer${stamp[0]}t`, `${seconds} seconds ago`]
  return age.startsWith('-') ? newer : ['!', ...newer]
}

// Python's expressions are those of Perl, but for details. Each file is asked for its own, last of all.
function containing({contains, read_whole_file}: Wanted): readonly string[] {
  if (contains === undefined) return []
  const matches = read_whole_file ? ['-Pqze', contains] : ['-Pqe', `^(?:${contains})`]
  return ['-exec', 'grep', ...matches, '{}', ';']
}

const units: {readonly [unit: string]: number} = {s: 1, m: 60, h: 3600, d: 86_400, w: 604_800}

function sized(size: string): readonly string[] {
  const power = 'bkmgt'.indexOf(size.at(-1)?.toLowerCase() ?? '')
  const bytes = Number(/\d+/.exec(size)?.[0]) * 1024 ** Math.max(0, power)
  if (size.startsWith('-')) return ['-size', `-${bytes + 1}c`]
  return bytes === 0 ? [] : ['-size', `+${bytes - 1}c`]
}

function pathsOf({paths, path, name}: Wanted): readonly string[] {
  return paths ?? path ?? name ?? []
}
