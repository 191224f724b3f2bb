import {spawn} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

/** A command of this machine, with what it needs besides. */
export type Command = {
  readonly words: readonly string[]
  readonly environment?: {readonly [name: string]: string}
  readonly folder: string
}

/** What one run of a whole process took. */
export type Measured = {
  readonly seconds: number
  /** Of it and all its children that it waited for. */
  readonly cpuSeconds: number
  /** Of the largest of its processes, in megabytes. */
  readonly megabytes: number
}

/** Runs a command to its end under GNU time. Throws what it said if it fails. */
export async function measure({words, environment = {}, folder}: Command): Promise<Measured> {
  const notes = mkdtempSync(join(tmpdir(), 'bench-time-'))
  const file = join(notes, 'time')
  const started = performance.now()
  try {
    await ended(['/usr/bin/time', '-o', file, '-f', '%U %S %M', ...words], folder, {...plain(folder), ...environment})
    const seconds = (performance.now() - started) / 1000
    const [user = 0, system = 0, kilobytes = 0] = readFileSync(file, 'utf8').trim().split(' ').map(Number)
    return {seconds, cpuSeconds: user + system, megabytes: kilobytes / 1000}
  } finally {
    rmSync(notes, {recursive: true})
  }
}

/** What is set on one machine and not on the next would be measured, too (extra certificates that Node reads at its start). */
function plain(folder: string): NodeJS.ProcessEnv {
  return {PATH: process.env.PATH, LANG: 'C.UTF-8', HOME: folder}
}

function ended(words: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
  const [program = '', ...rest] = words
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, {cwd, env, stdio: ['ignore', 'pipe', 'pipe']})
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said = (said + chunk.toString()).slice(-4000)
      })
    child.once('error', reject)
    child.once('close', code =>
      code === 0 ? resolve() : reject(new Error(`${words.join(' ')} ended with ${code}:\n${said}`)),
    )
  })
}
