import {readdir, readFile, realpath, stat} from 'node:fs/promises'
import {join} from 'node:path'
import {TaskError} from '../errors.ts'
import type {Values} from '../module.ts'
import {largeFile} from './large-file.ts'

/**
 * What is in a folder of the controller, as modules get it: `path` from the folder, `mode` in octal, `content_base64` (or
 * `content_file`, where it is large) of a file. Links are followed, save into a folder that they are in. Throws TaskError for what is neither file nor folder.
 */
export async function readTree(folder: string): Promise<readonly Values[]> {
  return readInside(folder, '', [await realpath(folder)])
}

async function readInside(folder: string, inside: string, around: readonly string[]): Promise<readonly Values[]> {
  const entries: Values[] = []
  for (const name of (await readdir(folder)).toSorted()) {
    const place = join(folder, name)
    const path = join(inside, name)
    const found = await stat(place).catch(() => undefined)
    if (!found?.isDirectory() && !found?.isFile())
      throw new TaskError({message: `${place} is neither a file nor a folder`, hint: 'A link may lead nowhere.'})
    const mode = (found.mode & 0o7777).toString(8).padStart(4, '0')
    if (found.isFile()) entries.push({path, mode, ...(await contentOf(place))})
    else {
      const real = await realpath(place)
      if (!around.includes(real)) entries.push({path, mode}, ...(await readInside(place, path, [...around, real])))
    }
  }
  return entries
}

async function contentOf(file: string): Promise<Values> {
  const large = await largeFile(file)
  return large ? {content_file: large} : {content_base64: (await readFile(file)).toString('base64')}
}
