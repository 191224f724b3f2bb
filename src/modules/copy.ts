import {z} from 'zod'
import {hostModule, type Value, type Values} from '../module.ts'
import {isList, isMap} from '../value.ts'
import {bool, oneOf, text} from './arguments.ts'
import {applyAttribute} from './attributes.ts'
import type {FileState} from './content.ts'
import {
  applyFolder,
  askFolder,
  type FolderCopy,
  type FolderState,
  folderChanges,
  largeFile,
  readFolder,
  tree,
} from './folder-copy.ts'
import {mode} from './mode.ts'
import {placement, placing} from './placement.ts'
import {
  askRemote,
  copyRemote,
  dressFolder,
  type RemoteCopy,
  type RemoteState,
  readRemote,
  remoteChanges,
} from './remote-copy.ts'

const json = z.union([z.array(z.json()), z.record(z.string(), z.json())]).transform(asPython)

const schema = z
  .strictObject({
    src: z
      .string()
      .min(1)
      .optional()
      .describe('File or folder on the controller; of a folder with / at its end only what is in it.'),
    content: z.union([text, json]).optional().describe('The content itself; lists and mappings become JSON.'),
    content_base64: z.base64().optional().describe('Content that is not text, in base64; set when src is such a file.'),
    content_file: largeFile
      .optional()
      .describe('A file that is streamed rather than read; set when src is a large one.'),
    tree: tree.optional().describe('What is in the folder; set when src is one of the controller.'),
    remote_src: bool.default(false).describe('src is a file or folder of the host; with / at its end, what is in it.'),
    ...placement,
    directory_mode: mode.optional().describe('Permissions of the folders of a folder.'),
  })
  .refine(oneOf('src', 'content', 'content_base64', 'content_file'), 'src or content is missing')
  .refine(({mode, src}) => mode !== 'preserve' || src !== undefined, {
    error: 'preserve is for src: write the mode, such as 0644',
    path: ['mode'],
  })

type Wanted = z.infer<typeof schema>
type State = {readonly here: FileState} | {readonly remote: RemoteState} | {readonly folder: FolderState}

/** copy: puts a file or folder of the controller, a given text, or a file or folder of the host itself somewhere on a host. */
export const copy = hostModule<Wanted, State>({
  name: 'copy',
  summary:
    'Puts a file or folder of the controller, a given text, or (remote_src) a file or folder of the host somewhere on the host.',
  topic: 'files',
  example: {
    name: 'Greeting',
    copy: {content: 'Welcome to {{ inventory_hostname }}\n', dest: '/etc/motd', mode: '0644'},
  },
  schema,
  refused: {
    decrypt: 'leave it out',
    checksum: 'leave it out: what arrives is compared each time',
    follow: 'leave it out: links are followed',
    local_follow: 'leave it out: links are followed',
  },
  source: 'tree',
  streams: true,
  probe: wanted => {
    const remote = remoteOf(wanted)
    const folder = folderOf(wanted)
    return remote ? askRemote(remote) : folder ? askFolder(folder) : placing.probe(wanted)
  },
  parse(answer, wanted) {
    const folder = folderOf(wanted)
    if (wanted.remote_src) return {remote: readRemote(answer)}
    return folder ? {folder: readFolder(answer, folder)} : {here: placing.parse(answer)}
  },
  plan(state, wanted) {
    const remote = remoteOf(wanted)
    const folder = folderOf(wanted)
    if ('folder' in state) return folder ? folderChanges(state.folder, folder) : []
    if ('here' in state || !remote) return 'here' in state ? placing.plan(state.here, wanted) : []
    return remoteChanges(state.remote, remote)
  },
  apply(change, wanted, state) {
    if ('here' in state) return placing.apply(change, wanted, state.here)
    if ('folder' in state)
      return applyFolder(change, {...wanted, src: wanted.src ?? '', tree: wanted.tree ?? []}, state.folder)
    const remote = {...wanted, src: wanted.src ?? ''}
    if (change.what === 'attributes') return dressFolder(state.remote, remote)
    return applyAttribute(change, state.remote.dest, state.remote) ?? copyRemote(state.remote, remote)
  },
  result: (state, wanted): Values => {
    if ('here' in state) return placing.result(state.here)
    if ('folder' in state) return {dest: wanted.dest, src: wanted.src ?? null}
    const {src} = wanted
    const {dest, mode, owner, group, size} = state.remote
    return {dest, src: src ?? null, mode, owner, group, size}
  },
})

function folderOf(wanted: Wanted): FolderCopy | undefined {
  const {src, tree} = wanted
  return src !== undefined && tree ? {...wanted, src, tree} : undefined
}

function remoteOf(wanted: Wanted): RemoteCopy | undefined {
  return wanted.remote_src && wanted.src !== undefined ? {...wanted, src: wanted.src} : undefined
}

/** JSON as Ansible writes it: with spaces after marks, and nothing but ASCII. */
function asPython(value: Value): string {
  if (isList(value)) return `[${value.map(asPython).join(', ')}]`
  if (isMap(value))
    return `{${Object.entries(value)
      .map(([key, one]) => `${asPython(key)}: ${asPython(one)}`)
      .join(', ')}}`
  return JSON.stringify(value).replace(/[^ -~]/g, letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
