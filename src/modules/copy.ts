import {z} from 'zod'
import {hostModule, type Value, type Values} from '../module.ts'
import {isList, isMap} from '../value.ts'
import {bool, oneOf, text} from './arguments.ts'
import {applyAttribute} from './attributes.ts'
import type {FileState} from './content.ts'
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
    src: z.string().min(1).optional().describe('File on the controller whose content the host gets.'),
    content: z.union([text, json]).optional().describe('The content itself; lists and mappings become JSON.'),
    content_base64: z.base64().optional().describe('Content that is not text, in base64; set when src is such a file.'),
    content_file: z
      .strictObject({
        file: z.string().describe('Its path on the controller.'),
        sha256: z.string().describe('Its SHA-256, in hex.'),
        size: z.int().describe('Its size in bytes.'),
      })
      .optional()
      .describe('A file that is streamed rather than read; set when src is a large one.'),
    remote_src: bool.default(false).describe('src is a file or folder of the host; with / at its end, what is in it.'),
    ...placement,
    mode: z
      .union([mode, z.literal('preserve')])
      .optional()
      .describe("Permissions: octal in quotes ('0644') or symbolic (u=rw,g=r); preserve, with remote_src: as src has."),
    directory_mode: mode.optional().describe('With remote_src: permissions of the folders of a folder.'),
  })
  .refine(oneOf('src', 'content', 'content_base64', 'content_file'), 'src or content is missing')
  .refine(({mode, remote_src}) => mode !== 'preserve' || remote_src, {
    error: 'preserve is for remote_src: write the mode, such as 0644',
    path: ['mode'],
  })

type Wanted = z.infer<typeof schema>
type State = {readonly here: FileState} | {readonly remote: RemoteState}

/** copy: puts a file of the controller, a given text, or a file or folder of the host itself somewhere on a host. */
export const copy = hostModule<Wanted, State>({
  name: 'copy',
  summary:
    'Puts a file of the controller, a given text, or (remote_src) a file or folder of the host somewhere on the host.',
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
  source: 'file',
  streams: true,
  probe: wanted => {
    const remote = remoteOf(wanted)
    return remote ? askRemote(remote) : placing.probe(wanted)
  },
  parse: (answer, {remote_src}) => (remote_src ? {remote: readRemote(answer)} : {here: placing.parse(answer)}),
  plan(state, wanted) {
    const remote = remoteOf(wanted)
    if ('here' in state || !remote) return 'here' in state ? placing.plan(state.here, wanted) : []
    return remoteChanges(state.remote, remote)
  },
  apply(change, wanted, state) {
    if ('here' in state) return placing.apply(change, wanted, state.here)
    const remote = {...wanted, src: wanted.src ?? ''}
    if (change.what === 'attributes') return dressFolder(state.remote, remote)
    return applyAttribute(change, state.remote.dest, state.remote) ?? copyRemote(state.remote, remote)
  },
  result: (state, {src}): Values => {
    if ('here' in state) return placing.result(state.here)
    const {dest, mode, owner, group, size} = state.remote
    return {dest, src: src ?? null, mode, owner, group, size}
  },
})

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
