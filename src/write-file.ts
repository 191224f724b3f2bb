import {randomBytes} from 'node:crypto'
import {mkdir, open, rename, rm} from 'node:fs/promises'
import {dirname} from 'node:path'

/** Writes a file that only its owner reads, whole or not at all, even when the machine stops meanwhile; makes its folder. */
export function writePrivateFile(file: string, text: string): Promise<void> {
  return writeWholeFile(file, text, 0o600)
}

/** Writes a file with that mode, whole or not at all, even when the machine stops meanwhile; makes its folder, for its owner alone. */
export async function writeWholeFile(file: string, text: string, mode: number): Promise<void> {
  await mkdir(dirname(file), {recursive: true, mode: 0o700})
  await replaceFile(file, text, mode)
}

/** Writes a file into a folder that is there, whole or not at all, even when the machine stops meanwhile. Throws what node throws. */
export async function replaceFile(file: string, content: string | Uint8Array, mode = 0o666): Promise<void> {
  const temporary = `${file}.${randomBytes(6).toString('hex')}`
  try {
    await writeSynced(temporary, content, mode)
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, {force: true})
    throw error
  }
  await syncFolder(dirname(file))
}

async function writeSynced(file: string, content: string | Uint8Array, mode: number): Promise<void> {
  const handle = await open(file, 'wx', mode)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A rename is on the disk when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
