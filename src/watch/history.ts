import {mkdir, open, readFile, rename, stat} from 'node:fs/promises'
import {dirname} from 'node:path'
import {withLock} from '../lock.ts'
import type {Look} from './look.ts'

/** Bytes of a history file; a full one becomes the older one, and the older one before it goes. */
const fullAt = 2_000_000

/** Adds a look to the history as a line of JSON, whole or not at all. */
export async function addToHistory(file: string, look: Look): Promise<void> {
  await mkdir(dirname(file), {recursive: true, mode: 0o700})
  await withLock(
    `provision-history-${file}`,
    () => {},
    async () => {
      if ((await sizeOf(file)) > fullAt) await rename(file, olderOf(file))
      await append(file, `${JSON.stringify(look)}\n`)
    },
  )
}

/** The looks in the history, oldest first: all, or the last so many. A line that a stopped machine left half written is left out. */
export async function readHistory(file: string, last = Number.POSITIVE_INFINITY): Promise<readonly Look[]> {
  const texts = await Promise.all([olderOf(file), file].map(textOf))
  const looks = texts.join('').split('\n').flatMap(lookOf)
  return last >= looks.length ? looks : looks.slice(looks.length - last)
}

function olderOf(file: string): string {
  return file.replace(/(\.jsonl)?$/, '.older$1')
}

async function append(file: string, line: string): Promise<void> {
  const handle = await open(file, 'a+', 0o600)
  try {
    const {size} = await handle.stat()
    const end = size === 0 ? '\n' : (await handle.read(Buffer.alloc(1), 0, 1, size - 1)).buffer.toString()
    // What a stopped machine left half written stays a line of its own.
    await handle.appendFile(end === '\n' ? line : `\n${line}`)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size
  } catch (error) {
    return orNone(error, 0)
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    return orNone(error, '')
  }
}

/** What stands for a file that is not there. Throws every other error. */
function orNone<None>(error: unknown, none: None): None {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return none
  throw error
}

function lookOf(line: string): Look[] {
  try {
    return line === '' ? [] : [JSON.parse(line)]
  } catch {
    return []
  }
}
