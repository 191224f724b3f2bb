import {createHash} from 'node:crypto'
import {createReadStream} from 'node:fs'
import {lstat, mkdir, readdir, rm, stat, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {run} from '../local-command.ts'

/** A packed layer: its file, and what a manifest says of it. */
export type PackedLayer = {
  readonly file: string
  readonly mediaType: string
  readonly digest: string
  readonly size: number
  /** Digest of the archive before compression. */
  readonly diffId: string
}

/** Packs a folder, e.g. the upper folder of an overlay, as an OCI layer: NAME.tar.zst in the folder `target`. */
export async function packLayer(tree: string, target: string): Promise<PackedLayer> {
  const archive = join(target, 'layer.tar')
  const file = `${archive}.zst`
  await writeArchive(tree, target, archive)
  await run`zstd -q -f -1 -T0 ${archive} -o ${file}`
  const diffId = await digestOf(archive)
  await rm(archive)
  const {size} = await stat(file)
  return {file, mediaType: 'application/vnd.oci.image.layer.v1.tar+zstd', digest: await digestOf(file), size, diffId}
}

/** Paths of what an overlay marks as removed: character devices 0:0; relative to the folder, sorted. */
export async function removedPaths(tree: string, folder = ''): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(join(tree, folder), {withFileTypes: true})) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) found.push(...(await removedPaths(tree, path)))
    else if (entry.isCharacterDevice() && (await lstat(join(tree, path))).rdev === 0) found.push(path)
  }
  return found.sort()
}

async function writeArchive(tree: string, target: string, archive: string): Promise<void> {
  const removed = await removedPaths(tree)
  const marks = join(target, 'whiteouts')
  await rm(marks, {recursive: true, force: true})
  await mkdir(marks)
  const names = [...removed.map(whiteout), ...(await replacedFolders(tree)).map(path => join(path, '.wh..wh..opq'))]
  for (const name of names) await writeMark(join(marks, name))
  await writeFile(join(target, 'removed.txt'), removed.map(path => `./${path}\n`).join(''))
  await writeFile(join(target, 'marks.txt'), names.map(name => `${name}\n`).join(''))
  await run`tar --create --file=${archive} --format=posix --pax-option=delete=atime,delete=ctime --numeric-owner --sort=name \
    -C ${tree} --anchored --no-wildcards --exclude-from=${join(target, 'removed.txt')} . \
    -C ${marks} --no-recursion --verbatim-files-from --files-from=${join(target, 'marks.txt')}`
}

function whiteout(path: string): string {
  return join(dirname(path), `.wh.${path.slice(path.lastIndexOf('/') + 1)}`)
}

/** Folders that stand for themselves alone: nothing of the layers below shows through. */
async function replacedFolders(tree: string): Promise<string[]> {
  const listed =
    await run`cd ${tree} && getfattr --recursive --physical --match='^trusted\\.overlay\\.opaque$' . 2>/dev/null || true`
  return [...listed.matchAll(/^# file: (.+)$/gm)].map(([, path]) => path ?? '').sort()
}

async function writeMark(path: string): Promise<void> {
  await mkdir(dirname(path), {recursive: true})
  await writeFile(path, '')
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  return `sha256:${hash.digest('hex')}`
}
