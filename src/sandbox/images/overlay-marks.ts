import {lstat, readdir} from 'node:fs/promises'
import {join} from 'node:path'
import {run} from '../local-command.ts'

/** Paths that an overlay's upper folder marks as removed, by character devices 0:0; relative to the folder, sorted. */
export async function removedPaths(tree: string, folder = ''): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(join(tree, folder), {withFileTypes: true})) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) found.push(...(await removedPaths(tree, path)))
    else if (entry.isCharacterDevice() && (await lstat(join(tree, path))).rdev === 0) found.push(path)
  }
  return found.sort()
}

/** Folders through which nothing of the layers below shows, relative to the upper folder, sorted. */
export async function replacedFolders(tree: string): Promise<string[]> {
  // Only an attribute tells; tar is the one program on every Debian that can read it.
  const attribute = ['--xattrs', '--xattrs-include=trusted.overlay.opaque']
  const listed = await run`cd ${tree} && find . -mindepth 1 -type d -printf '%P\\0' |
    tar --create --file=- ${attribute} --null --no-recursion --verbatim-files-from --files-from=- |
    tar --list --file=- ${attribute} -vv --numeric-owner --full-time --quoting-style=literal`
  return [...listed.matchAll(/^d\S+ +\S+ +\d+ \S+ \S+ (.+)\/\n {2}x: /gm)].map(([, path]) => path ?? '').sort()
}
