import {execFile} from 'node:child_process'
import {mkdirSync, mkdtempSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join, resolve} from 'node:path'
import {vi} from 'vitest'

/** The folder of the package: what the program calls its own. */
const packageFolder = resolve(import.meta.dirname, '../..')

/** Files by path within the folder of a test; a common indent of all lines is taken off. */
export type Files = {readonly [path: string]: string}

/** What a run of the program left behind; the output with the folders named FOLDER and PACKAGE. */
export type Ran = {readonly exit: number; readonly stdout: string; readonly stderr: string}

// A test runs the program a few times, and the machine may be busy with other tests.
vi.setConfig({testTimeout: 120_000})

/** Writes files into a new folder, which goes with the last of the tests. */
export function folderWith(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'provision-cli-'))
  for (const [path, text] of Object.entries(files)) write(join(folder, path), undented(text))
  return folder
}

/** What a run gets besides its words. */
export type Given = {readonly input?: string; readonly environment?: {readonly [name: string]: string}}

/** Runs the built program in a folder, which is its home too: no key, known_hosts or agent of this machine is seen. */
export function provision(
  folder: string,
  words: readonly string[],
  {input = '', environment = {}}: Given = {},
): Promise<Ran> {
  const {PATH = ''} = process.env
  const options = {cwd: folder, env: {PATH, HOME: folder, LC_ALL: 'C.UTF-8', ...environment}, timeout: 120_000}
  return new Promise(done => {
    const child = execFile(
      process.execPath,
      [join(packageFolder, 'dist', 'cli.js'), ...words],
      options,
      (error, stdout, stderr) => {
        const exit = error === null ? 0 : typeof error.code === 'number' ? error.code : Number.NaN
        done({exit, stdout: named(stdout, folder), stderr: named(stderr, folder)})
      },
    )
    // It may end without reading.
    child.stdin?.on('error', () => undefined).end(input)
  })
}

/** A run as one text for a snapshot: the exit code, what came on stderr, and what on stdout. */
export function screen({exit, stdout, stderr}: Ran): string {
  const parts = [`exit ${exit}`, stderr, stdout === '' ? '' : `stdout:\n${stdout}`]
  return parts
    .map(part => part.trimEnd())
    .filter(part => part !== '')
    .join('\n')
}

function named(text: string, folder: string): string {
  return text.replaceAll(folder, 'FOLDER').replaceAll(packageFolder, 'PACKAGE')
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), {recursive: true})
  writeFileSync(file, text)
}

function undented(text: string): string {
  const lines = text.replace(/^\n/, '').split('\n')
  const indents = lines.filter(line => line.trim() !== '').map(line => /^ */.exec(line)?.[0].length ?? 0)
  const least = Math.min(...indents)
  return lines.map(line => line.slice(line.trim() === '' ? line.length : least)).join('\n')
}
