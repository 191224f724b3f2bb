import {z} from 'zod'
import {TaskError} from '../errors.ts'
import type {Change, LargeFile, ModuleSpec, Step} from '../module.ts'
import {raw, type Shell, sh} from '../shell/shell.ts'
import {attributes, bool, path, validate} from './arguments.ts'
import {applyAttribute} from './attributes.ts'
import {askFile, type FileState, fileChanges, readFile, upload} from './content.ts'
import {mode} from './mode.ts'

/** The arguments that copy and template share. */
export const placement = {
  dest: path.describe('Where the file goes; in a directory it is named like src.'),
  ...attributes,
  mode: z
    .union([mode, z.literal('preserve')])
    .optional()
    .describe("Permissions: octal in quotes ('0644') or symbolic (u=rw,g=r); preserve: as src has."),
  source_mode: z.string().optional().describe('The mode of src; set when mode is preserve.'),
  validate,
  backup: bool.default(false).describe('Keeps the old file beside the new one.'),
  force: bool.default(true).describe('With false a file that exists keeps its content.'),
}

const shape = z.strictObject(placement)

/** One file to be put onto a host. */
export type Placed = z.infer<typeof shape> & {
  readonly src?: string | undefined
  readonly content?: string | undefined
  readonly content_base64?: string | undefined
  readonly content_file?: LargeFile | undefined
}

/** The words that copy and template share; they differ in where the content comes from. */
export const placing = {
  probe: (wanted: Placed) => sh`f=${wanted.dest}
${raw(intoDirectory(wanted.src))}
${raw(askFile())}`,
  parse: readFile,
  plan,
  apply: (change: Change, wanted: Placed, state: FileState): Step =>
    applyAttribute(change, state.dest, state) ?? upload(state.dest, contentOf(wanted), withMode(wanted), state),
  result: (state: FileState) => ({
    dest: state.dest,
    size: state.size,
    mode: state.mode,
    owner: state.owner,
    group: state.group,
  }),
} satisfies Partial<ModuleSpec<Placed, FileState>>

function plan(state: FileState, wanted: Placed): readonly Change[] {
  const content = contentOf(wanted)
  if (state.type === 'directory' || state.type === 'other')
    throw new TaskError({message: `${state.dest} is ${state.type === 'directory' ? 'a directory' : 'not a file'}`})
  const changes = fileChanges(state, content, withMode(wanted))
  return wanted.force || state.type === 'absent' ? changes : changes.filter(change => change.what !== 'content')
}

function withMode(wanted: Placed): Placed {
  return wanted.mode === 'preserve' ? {...wanted, mode: wanted.source_mode} : wanted
}

function contentOf(wanted: Placed): string | Uint8Array | LargeFile {
  if (wanted.content_file !== undefined) return wanted.content_file
  if (wanted.content !== undefined) return wanted.content
  if (wanted.content_base64 !== undefined) return Buffer.from(wanted.content_base64, 'base64')
  throw new TaskError({message: `There is no content for ${wanted.dest}: neither src nor content is set`})
}

function intoDirectory(src: string | undefined): Shell {
  const name = src?.split('/').at(-1)
  return name === undefined || name === '' ? sh`` : sh`if [ -d "$f" ]; then f="\${f%/}"/${name}; fi`
}
