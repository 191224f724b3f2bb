import {createHash} from 'node:crypto'
import {createReadStream} from 'node:fs'
import {mkdir, rm, stat, writeFile} from 'node:fs/promises'
import {basename, dirname, join} from 'node:path'
import {run} from '../local-command.ts'
import {removedPaths, replacedFolders} from './overlay-marks.ts'

/** A packed layer: its file, and what a manifest says of it. */
export type PackedLayer = {
  readonly file: string
  readonly mediaType: string
  readonly digest: string
  readonly size: number
  /** Digest of the archive before compression. */
  readonly diffId: string
}

/** Packs a folder, e.g. the upper folder of an overlay, as an OCI layer: layer.tar.zst in the folder `target`. */
export async function packLayer(tree: string, target: string): Promise<PackedLayer> {
  const archive = join(target, 'layer.tar')
  const file = `${archive}.zst`
  await writeArchive(tree, archive)
  await run`zstd -q -f -1 -T0 ${archive} -o ${file}`
  const diffId = await digestOf(archive)
  await rm(archive)
  const {size} = await stat(file)
  return {file, mediaType: 'application/vnd.oci.image.layer.v1.tar+zstd', digest: await digestOf(file), size, diffId}
}

async function writeArchive(tree: string, archive: string): Promise<void> {
  const removed = await removedPaths(tree)
  const marks = [...removed.map(whiteout), ...(await replacedFolders(tree)).map(path => join(path, '.wh..wh..opq'))]
  const marksFolder = `${archive}.marks`
  const [excludes, includes] = [`${archive}.excludes`, `${archive}.includes`]
  for (const mark of marks) await writeMark(join(marksFolder, mark))
  await mkdir(marksFolder, {recursive: true})
  await writeFile(excludes, removed.map(path => `./${path}\n`).join(''))
  await writeFile(includes, marks.map(path => `./${path}\n`).join(''))
  await run`tar --create --file=${archive} --format=posix --pax-option=delete=atime,delete=ctime --numeric-owner --sort=name \
    -C ${tree} --anchored --no-wildcards --exclude-from=${excludes} . \
    -C ${marksFolder} --no-recursion --verbatim-files-from --files-from=${includes}`
  await run`rm -rf ${marksFolder} ${excludes} ${includes}`
}

function whiteout(path: string): string {
  return join(dirname(path), `.wh.${basename(path)}`)
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
