import {createHash} from 'node:crypto'
import {mkdir, readFile, stat} from 'node:fs/promises'
import {basename, dirname, join, normalize, resolve} from 'node:path'
import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {fromHome} from '../home-folder.ts'
import {type Controller, controllerModule, type Outcome} from '../module.ts'
import {sh} from '../shell/shell.ts'
import {replaceFile} from '../write-file.ts'
import {bool, path, word} from './arguments.ts'

const schema = z.strictObject({
  src: path.describe('The file on the host; no folder.'),
  dest: word.describe("Where to put it here: DEST/HOST/SRC. Relative paths start at the playbook's folder."),
  flat: bool.default(false).describe('Put it at dest itself; with a slash at its end, under its own name in there.'),
  fail_on_missing: bool.default(true).describe('Whether a file that is not there is a failure.'),
  validate_checksum: bool.default(true).describe('Compare what arrived with what the host has.'),
})

type Wanted = z.infer<typeof schema>

/** fetch: brings a file of the host to where provision runs. */
export const fetch = controllerModule<Wanted>({
  name: 'fetch',
  summary: 'Brings a file of the host to where provision runs.',
  topic: 'files',
  example: {name: 'Keep the key of the host', fetch: {src: '/etc/ssh/ssh_host_ed25519_key.pub', dest: 'keys/'}},
  schema,
  // Later tasks may take what it brings.
  barrier: true,
  async run(wanted, controller) {
    const found = await lookAt(wanted, controller)
    if ('missing' in found) return absent(wanted, found.missing)
    const dest = await placeFor(found.path, wanted, controller)
    const local = await readFile(dest).catch(() => undefined)
    const here = local && {dest, checksum: sha1(local), md5sum: md5(local)}
    if (here?.checksum === found.checksum) return {changed: false, result: {file: found.path, ...here}}
    if (controller.check) return {changed: true, result: {dest, checksum: found.checksum}}
    const content = await bring(found, wanted, controller)
    await write(dest, content)
    const result = {dest, checksum: sha1(content), remote_checksum: found.checksum, md5sum: md5(content)}
    return {changed: true, result: {...result, remote_md5sum: null}}
  },
})

type Found = {readonly path: string; readonly checksum: string} | {readonly missing: string}

async function lookAt({src}: Wanted, {remote}: Controller): Promise<Found> {
  const {stdout} = await remote.run(sh`f=${src}
if [ -d "$f" ]; then echo folder; elif [ ! -e "$f" ]; then echo absent; elif [ ! -r "$f" ]; then echo unreadable
else sum=$(sha1sum <"$f"); printf '%s\n%s\n' "\${sum%% *}" "$f"; fi`)
  const [first = '', path = src] = stdout.trimEnd().split('\n')
  const missing = reasons[first]
  return missing === undefined ? {checksum: first, path} : {missing}
}

const reasons: {readonly [word: string]: string} = {
  folder: 'remote file is a directory, fetch cannot work on directories',
  absent: 'the remote file does not exist',
  unreadable: 'the remote file cannot be read',
}

function absent({src, fail_on_missing}: Wanted, message: string): Outcome {
  if (fail_on_missing) throw new TaskError({message: `${message}: ${src}`})
  return {changed: false, result: {file: src, msg: `${message}, not transferring, ignored`}}
}

async function placeFor(path: string, {dest, flat}: Wanted, {host, variable}: Controller): Promise<string> {
  const folder = resolve(String(variable('playbook_dir') ?? '.'), fromHome(dest))
  if (!flat) return inside(folder, join(folder, host, path))
  if (dest.endsWith('/')) return join(folder, basename(path))
  const isFolder = (await stat(folder).catch(() => undefined))?.isDirectory() ?? false
  if (isFolder) throw new TaskError({message: `${dest} is a folder here`, hint: 'put a slash at its end'})
  return folder
}

/** A path with .. must not lead out of the folder. */
function inside(folder: string, place: string): string {
  if (normalize(place).startsWith(`${folder === '/' ? '' : folder}/`)) return place
  throw new TaskError({message: `${place} does not lie in ${folder}`})
}

async function bring(found: {path: string; checksum: string}, wanted: Wanted, {remote}: Controller): Promise<Buffer> {
  const {stdout, stderr, exitCode} = await remote.run(sh`base64 <${found.path}`)
  if (exitCode !== 0) throw new TaskError({message: `cannot read ${found.path}`, stderr, exitCode})
  const content = Buffer.from(stdout, 'base64')
  if (!wanted.validate_checksum || sha1(content) === found.checksum) return content
  throw new TaskError({message: 'checksum mismatch', hint: `${found.path} changed while it was read`})
}

async function write(dest: string, content: Buffer): Promise<void> {
  await mkdir(dirname(dest), {recursive: true})
  try {
    await replaceFile(dest, content)
  } catch (error) {
    throw new TaskError({message: `cannot write ${dest}: ${error instanceof Error ? error.message : String(error)}`})
  }
}

function sha1(content: Buffer): string {
  return createHash('sha1').update(content).digest('hex')
}

function md5(content: Buffer): string {
  return createHash('md5').update(content).digest('hex')
}
