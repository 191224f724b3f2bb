import {readFile} from 'node:fs/promises'
import {text} from 'node:stream/consumers'
import {UsageError} from '../../errors.ts'
import {page} from '../../report/page/page.ts'
import {replaceFile} from '../../write-file.ts'

/** Prints the page of a file (`-` is stdin), or writes it to a file. Throws UsageError when a file cannot be read or written. */
export async function report(file: string, out: string | undefined): Promise<void> {
  const html = page(await contents(file), file === '-' ? 'stdin' : file)
  if (out === undefined) process.stdout.write(html)
  else await write(out, html)
}

async function contents(file: string): Promise<string> {
  if (file === '-') return text(process.stdin)
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${words(error)}`)
  }
}

async function write(file: string, html: string): Promise<void> {
  try {
    await replaceFile(file, html)
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${words(error)}`)
  }
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
