import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {type Change, hostModule} from '../module.ts'
import {allOf, raw, type Shell, sh} from '../shell/shell.ts'
import {all} from './answer.ts'
import {attributes, bool, oneOf, path} from './arguments.ts'
import {applyAttribute, askPath, attributeChanges, type PathState, readPath} from './attributes.ts'
import {makeDirectories} from './directories.ts'
import {askLink, linkChanges, makeLink} from './links.ts'
import {askTree, chmodTree, treeChanges} from './trees.ts'

const time = z.enum(['preserve', 'now'])

const schema = z
  .strictObject({
    path: path.optional().describe('The file, directory or link.'),
    dest: path.optional().describe('Another name for path.'),
    name: path.optional().describe('Another name for path.'),
    state: z
      .enum(['file', 'directory', 'absent', 'touch', 'link', 'hard'])
      .optional()
      .describe('What the path is to be; `file` (the default) never creates. With recurse the default is `directory`.'),
    src: z.string().min(1).optional().describe('What a link points to.'),
    ...attributes,
    recurse: bool.default(false).describe('Sets mode, owner and group of everything below a directory, too.'),
    force: bool.default(false).describe('Links: replaces a file by a link, and links to what does not exist.'),
    follow: bool.default(true).describe('Looks at what a link points to (state file, directory, touch).'),
    modification_time: time.optional().describe('touch: `preserve` leaves the time of a file that exists as it is.'),
    access_time: time.optional().describe('touch: `preserve` leaves the time of a file that exists as it is.'),
  })
  .refine(oneOf('path', 'dest', 'name'), 'path is missing')
  .refine(args => !isLink(args.state) || args.src !== undefined, {error: 'src is missing', path: ['src']})
  .refine(args => !args.recurse || (args.state ?? 'directory') === 'directory', 'recurse is for directories')

type Wanted = z.infer<typeof schema>
type State = PathState & {
  readonly target: string | undefined
  readonly sourceExists: boolean
  readonly tree: readonly string[]
}

/** file: sets what a path is and whose it is. */
export const file = hostModule<Wanted, State>({
  name: 'file',
  summary: 'Makes directories, links and empty files, removes them, and sets mode and owner.',
  topic: 'files',
  example: {name: 'Folder for backups', file: {path: '/srv/backup', state: 'directory', owner: 'root', mode: '0750'}},
  schema,
  refused: {
    access_time_format: 'leave it out: preserve and now need none',
    modification_time_format: 'leave it out: preserve and now need none',
  },
  probe: wanted => sh`f=${pathOf(wanted)}
${raw(askPath(wanted.follow && !isLink(wanted.state) && wanted.state !== 'absent' ? 'follow' : 'nofollow'))}
${raw(isLink(wanted.state) ? askLink(wanted.src ?? '', wanted.state === 'hard') : sh``)}
${raw(wanted.recurse ? askTree() : sh``)}`,
  parse: answer => ({
    ...readPath(answer),
    target: all(answer, 'target')[0],
    sourceExists: all(answer, 'source')[0] === 'present',
    tree: all(answer, 'tree'),
  }),
  plan,
  apply: (change, wanted, state) => applyAttribute(change, pathOf(wanted), state) ?? applyChange(change, wanted, state),
  result: (state, wanted) => ({path: pathOf(wanted), dest: pathOf(wanted), state: state.type}),
})

function plan(state: State, wanted: Wanted): readonly Change[] {
  const kind = wanted.state ?? (wanted.recurse ? 'directory' : 'file')
  if (kind === 'absent') return state.type === 'absent' ? [] : [{what: 'state', before: state.type, after: 'absent'}]
  if (kind === 'link' || kind === 'hard')
    return linkChanges(state, {...wanted, kind, path: pathOf(wanted), src: wanted.src ?? ''})
  if (kind === 'touch') return touchChanges(state, wanted)
  if (kind === 'file') return [...fileOnly(state, wanted), ...attributeChanges(state, wanted)]
  if (state.type === 'absent') return [{what: 'state', before: 'absent', after: 'directory'}]
  if (state.type !== 'directory') throw new TaskError({message: `${pathOf(wanted)} already exists as a ${state.type}`})
  return [...attributeChanges(state, wanted), ...treeChanges(state.tree, wanted)]
}

function fileOnly(state: State, wanted: Wanted): readonly Change[] {
  if (state.type !== 'absent' && (wanted.state === undefined || state.type !== 'directory')) return []
  throw new TaskError({
    message: `${pathOf(wanted)} is ${state.type === 'absent' ? 'absent' : 'a directory'}, and state: file never creates`,
    hint: 'Use state: touch, or the modules copy and template, to create a file.',
  })
}

function touchChanges(state: State, wanted: Wanted): readonly Change[] {
  if (state.type === 'absent') return [{what: 'state', before: 'absent', after: 'file'}]
  const kept = wanted.modification_time === 'preserve' && wanted.access_time === 'preserve'
  const touched: readonly Change[] = kept ? [] : [{what: 'time', before: null, after: 'now', unseen: true}]
  return [...touched, ...attributeChanges(state, wanted)]
}

function applyChange(change: Change, wanted: Wanted, state: State): Shell {
  const target = pathOf(wanted)
  if (change.what === 'time') return touch(wanted)
  if (change.what === 'tree') return chmodTree(target, wanted)
  if (isLink(wanted.state)) return makeLink(target, wanted.src ?? '', wanted.state === 'hard', state)
  if (change.after === 'absent') return sh`rm -rf -- ${target}`
  if (change.after === 'directory') return makeDirectories(target, wanted)
  return allOf(sh`touch -- ${target}`, ...ownership(target, wanted))
}

function touch(wanted: Wanted): Shell {
  const flags = [
    ...(wanted.access_time === 'preserve' ? ['-m'] : []),
    ...(wanted.modification_time === 'preserve' ? ['-a'] : []),
  ]
  return sh`touch ${flags} -- ${pathOf(wanted)}`
}

function ownership(target: string, {owner, group, mode}: Wanted): readonly Shell[] {
  return [
    ...(owner === undefined ? [] : [sh`chown ${owner} ${target}`]),
    ...(group === undefined ? [] : [sh`chgrp ${group} ${target}`]),
    ...(mode === undefined ? [] : [sh`chmod ${mode} ${target}`]),
  ]
}

function isLink(state: string | undefined): boolean {
  return state === 'link' || state === 'hard'
}

function pathOf(wanted: {path?: string | undefined; dest?: string | undefined; name?: string | undefined}): string {
  return wanted.path ?? wanted.dest ?? wanted.name ?? ''
}
