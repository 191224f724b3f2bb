import {TaskError} from '../errors.ts'
import {type Change, type HostModule, hostModule, type ModuleSpec, type Values} from '../module.ts'
import {raw, sh} from '../shell/shell.ts'
import {attributes, bool, path, validate} from './arguments.ts'
import {applyAttribute} from './attributes.ts'
import {askFile, decode, editable, type FileState, fileChanges, type Placement, readFile, upload} from './content.ts'

/** The arguments that all modules share which edit a text file. */
export const edited = {
  path: path.optional().describe('The file.'),
  dest: path.optional().describe('Another name for path.'),
  ...attributes,
  backup: bool.default(false).describe('Keeps the old file beside the new one.'),
  validate,
}

/** What an editing module was asked to do, as far as it is the same for all. */
export type Edited = Placement & {readonly path?: string | undefined; readonly dest?: string | undefined}

/** An editing module: which file, and what its text becomes. */
export type Editor<Wanted> = Pick<
  ModuleSpec<Wanted, FileState>,
  'name' | 'summary' | 'topic' | 'example' | 'schema' | 'aliases' | 'refused'
> & {
  /** The new text; gets undefined when there is no file and gives undefined when there is to be none. */
  readonly edit: (text: string | undefined, wanted: Wanted) => string | undefined
  /** What `register` gets, told from the text as it was. */
  readonly told?: (text: string | undefined, wanted: Wanted) => Values
}

/** Makes a module that changes parts of a text file (up to 1 MiB) and leaves the rest as it is. */
export function editingModule<Wanted extends Edited>({edit, told, ...spec}: Editor<Wanted>): HostModule {
  return hostModule<Wanted, FileState>({
    ...spec,
    probe: wanted => sh`f=${pathOf(wanted)}
${raw(askFile(editable))}`,
    parse: readFile,
    plan: (state, wanted) => plan(state, wanted, edit(textOf(state), wanted)),
    apply: (change, wanted, state) =>
      applyAttribute(change, state.path, state) ?? upload(state.path, edit(textOf(state), wanted) ?? '', wanted, state),
    result: (state, wanted) => told?.(textOf(state), wanted) ?? {},
  })
}

/** Fails because a file that is to be edited is not there. */
export function missing(wanted: Edited): never {
  throw new TaskError({message: `${pathOf(wanted)} does not exist`, hint: 'With create: true it is created.'})
}

function plan(state: FileState, wanted: Edited, text: string | undefined): readonly Change[] {
  return text === undefined ? [] : fileChanges(state, text, wanted)
}

function textOf(state: FileState): string | undefined {
  if (state.type === 'absent') return undefined
  if (state.type !== 'file') throw new TaskError({message: `${state.dest} is not a file`})
  if (!state.bytes)
    throw new TaskError({message: `${state.dest} has more than ${editable} bytes: too large to be edited`})
  const text = decode(state.bytes)
  if (text === undefined) throw new TaskError({message: `${state.dest} is not text in UTF-8`})
  return text
}

function pathOf(wanted: Edited): string {
  return wanted.path ?? wanted.dest ?? ''
}
