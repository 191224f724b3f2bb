import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {type Change, hostModule, type Values} from '../module.ts'
import {sh} from '../shell/shell.ts'
import {all, fields} from './answer.ts'
import {askArchive, formats, makeArchive} from './archive-making.ts'
import {attributes, bool, path} from './arguments.ts'
import {applyAttribute, attributeChanges, type PathState, readPath} from './attributes.ts'

const paths = z.union([z.array(path).min(1), path.transform(one => one.split(',').map(part => part.trim()))])

const schema = z.strictObject({
  path: paths.describe('Files and folders of the host; * and ? stand for many.'),
  dest: path
    .optional()
    .describe('The archive. A single file that is only compressed gets the name of the format at its end without it.'),
  format: z.enum(formats).default('gz').describe('How it is compressed; gz, bz2 and xz of several files are of a tar.'),
  exclude_path: z
    .union([z.array(path), path.transform(one => [one])])
    .default([])
    .describe('Those of path that are left out.'),
  exclusion_patterns: z
    .array(z.string())
    .default([])
    .describe('Names in the archive that are left out, such as *.log.'),
  force_archive: bool.default(false).describe('Makes an archive of a single file, too.'),
  remove: bool.default(false).describe('Removes what was archived.'),
  ...attributes,
})

type Wanted = z.infer<typeof schema>
type State = PathState & {
  readonly dest: string
  readonly root: string
  /** What path names, whether it is there or not. */
  readonly paths: readonly string[]
  readonly missing: readonly string[]
  /** Whether the archive is as it would be made. */
  readonly isSame: boolean
}

/** archive: packs and compresses files of a host. */
export const archive = hostModule<Wanted, State>({
  name: 'archive',
  summary: 'Packs files and folders of the host into an archive there, or compresses one file.',
  topic: 'files',
  example: {name: 'Pack the uploads', archive: {path: '/srv/uploads', dest: '/srv/uploads.tgz'}},
  schema,
  slow: true,
  probe: wanted => askArchive(wanted),
  parse: answer => ({
    ...readPath(answer),
    dest: fields(answer).dest ?? '',
    root: fields(answer).root ?? '',
    paths: all(answer, 'path'),
    missing: all(answer, 'missing'),
    isSame: fields(answer).same === 'yes',
  }),
  plan(state, wanted): readonly Change[] {
    const {dest, paths, missing, isSame} = state
    // What was archived and removed is in order.
    if (paths.length === 0 && wanted.remove) return []
    if (paths.length === 0) throw new TaskError({message: `Nothing is there of ${wanted.path.join(', ')}`})
    if (dest === '') throw new TaskError({message: 'dest is missing: more than one file is to be archived'})
    const attributes = state.type === 'absent' ? [] : attributeChanges(state, wanted)
    if (missing.length === paths.length) return attributes
    const there = paths.filter(one => !missing.includes(one))
    const content = isSame ? [] : [{what: 'archive', before: state.type === 'absent' ? null : 'other', after: there}]
    return [...content, ...(wanted.remove ? [{what: 'sources', before: there, after: null}] : []), ...attributes]
  },
  apply(change, wanted, state) {
    const {dest, paths} = state
    if (change.what === 'archive') return makeArchive(wanted)
    if (change.what === 'sources') return sh`rm -rf -- ${paths}`
    return applyAttribute(change, dest, state) ?? sh`:`
  },
  result: ({dest, root, paths, missing}): Values => ({
    dest,
    arcroot: root,
    expanded_paths: paths,
    missing,
    archived: paths.filter(one => !missing.includes(one)),
  }),
})
