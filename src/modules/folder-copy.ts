import {z} from 'zod'
import {TaskError} from '../errors.ts'
import type {Change, LargeFile, Step} from '../module.ts'
import {raw, type Shell, sh} from '../shell/shell.ts'
import {applyAttribute, attributeChanges} from './attributes.ts'
import {askFile, type FileState, fileChanges, readFile, upload} from './content.ts'
import {makeDirectories} from './directories.ts'

/** A file of the controller that is streamed rather than read. */
export const largeFile = z.strictObject({
  file: z.string().describe('Its path on the controller.'),
  sha256: z.string().describe('Its SHA-256, in hex.'),
  size: z.int().describe('Its size in bytes.'),
})

/** What is in a folder of the controller; what has no content is a folder. */
export const tree = z.array(
  z.strictObject({
    path: z.string().describe('From the folder.'),
    mode: z.string().describe('In octal.'),
    content_base64: z.base64().optional().describe('Its content, where it is a file.'),
    content_file: largeFile.optional().describe('The file itself, where it is a large one.'),
  }),
)

type Entry = z.infer<typeof tree>[number]

/** A folder of the controller that is copied, and how its copy is to be. */
export type FolderCopy = {
  readonly src: string
  readonly dest: string
  readonly tree: readonly Entry[]
  readonly mode?: string | undefined
  readonly directory_mode?: string | undefined
  readonly owner?: string | undefined
  readonly group?: string | undefined
  readonly validate?: string | undefined
  readonly backup: boolean
  readonly force: boolean
}

/** What the host has of it, by path in the copy; the copy itself is ''. */
export type FolderState = ReadonlyMap<string, FileState>

/** Asks for all that is in the folder, and for its copy itself. */
export function askFolder(wanted: FolderCopy): Shell {
  const root = rootOf(wanted)
  const paths = wanted.tree.map(({path}) => `${root}/${path}`)
  return sh`ask() { printf '\nentry=%s\n' "$1"; f=$1; ${raw(askFile())}
}
for one in ${[root, ...paths]}; do ask "$one"; done`
}

/** Reads what askFolder asked. */
export function readFolder(answer: string, wanted: FolderCopy): FolderState {
  const root = rootOf(wanted)
  const parts = answer.split(/^(?=entry=)/m).filter(part => part.startsWith('entry='))
  const paths = ['', ...wanted.tree.map(({path}) => path)]
  return new Map(paths.map((path, index) => [path, readFile((parts[index] ?? `dest=${root}/${path}`).trimEnd())]))
}

/** What differs, folders before what is in them. As with Ansible the copy itself gets mode and owner only when it is made. */
export function folderChanges(state: FolderState, wanted: FolderCopy): readonly Change[] {
  const root = state.get('')
  const missing = root?.type === 'absent' && wanted.tree.length > 0
  const made: readonly Change[] = missing ? [{what: 'folder', before: null, after: root.dest}] : []
  if (root?.type === 'file') throw new TaskError({message: `${root.dest} is a file, and ${wanted.src} a folder`})
  return [...made, ...wanted.tree.flatMap(entry => entryChanges(entry, state, wanted))]
}

/** Makes one of the changes true. */
export function applyFolder(change: Change, wanted: FolderCopy, state: FolderState): Step {
  const [kind = '', path = ''] = split(change.what)
  const entry = wanted.tree.find(one => one.path === path)
  const here = hereOf(path, state)
  const place = placeOf(path, wanted)
  if (kind === 'folder') return makeDirectories(place, folderAttributes(wanted))
  if (!entry) throw new TaskError({message: `There is no ${path} in ${wanted.src}`})
  const own = {...wanted, mode: modeOf(entry, wanted)}
  return applyAttribute({...change, what: kind}, place, here) ?? upload(place, contentOf(entry) ?? '', own, here)
}

function entryChanges(entry: Entry, state: FolderState, wanted: FolderCopy): readonly Change[] {
  const here = hereOf(entry.path, state)
  const content = contentOf(entry)
  const isFolder = content === undefined
  if (here.type !== 'absent' && here.type !== (isFolder ? 'directory' : 'file'))
    throw new TaskError({message: `${here.dest} is ${named(here)}, and ${entry.path} of ${wanted.src} is not`})
  const changes = isFolder ? ofFolder(here, wanted) : ofFile(here, content, {...wanted, mode: modeOf(entry, wanted)})
  return changes.map(change => ({...change, what: `${change.what} ${entry.path}`}))
}

function ofFolder(here: FileState, wanted: FolderCopy): readonly Change[] {
  if (here.type === 'absent') return [{what: 'folder', before: null, after: here.dest}]
  return attributeChanges(here, folderAttributes(wanted))
}

function ofFile(here: FileState, content: Uint8Array | LargeFile, wanted: FolderCopy): readonly Change[] {
  const changes = fileChanges(here, content, wanted)
  return wanted.force || here.type === 'absent' ? changes : changes.filter(({what}) => what !== 'content')
}

function contentOf({content_base64, content_file}: Entry): Uint8Array | LargeFile | undefined {
  return content_base64 === undefined ? content_file : Buffer.from(content_base64, 'base64')
}

function hereOf(path: string, state: FolderState): FileState {
  return state.get(path) ?? readFile(`dest=${path}`)
}

function modeOf(entry: Entry, {mode}: FolderCopy): string | undefined {
  return mode === 'preserve' ? entry.mode : mode
}

function folderAttributes({directory_mode: mode, owner, group}: FolderCopy) {
  return {mode, owner, group}
}

function named({type}: FileState): string {
  return type === 'other' ? 'neither file nor folder' : type === 'directory' ? 'a folder' : `a ${type}`
}

/** Ansible's meaning of src: with / at its end what is in the folder goes into dest, else the folder itself. */
function rootOf({src, dest}: FolderCopy): string {
  const bare = dest.replace(/(?<=.)\/+$/, '')
  return src.endsWith('/') ? bare : `${bare.replace(/\/$/, '')}/${src.split('/').at(-1)}`
}

function placeOf(path: string, wanted: FolderCopy): string {
  return path === '' ? rootOf(wanted) : `${rootOf(wanted)}/${path}`
}

function split(what: string): readonly string[] {
  const blank = what.indexOf(' ')
  return blank < 0 ? [what] : [what.slice(0, blank), what.slice(blank + 1)]
}
