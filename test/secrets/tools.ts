import {execFile, execFileSync} from 'node:child_process'
import {mkdtempSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

/** Whether a program is on this machine. */
export function has(program: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], {stdio: 'ignore'})
    return true
  } catch {
    return false
  }
}

/** Runs a program to its end; what it printed, or the error with what it said. */
export function tool(program: string, words: readonly string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, words, (error, stdout, stderr) => {
      if (error) reject(new Error(`${program}: ${stderr}`))
      else resolve(stdout)
    })
    // It may end without reading.
    child.stdin?.on('error', () => undefined).end(input)
  })
}

/** A new folder, which is removed after the tests of the file. */
export function folder(): string {
  return mkdtempSync(join(tmpdir(), 'provision-secrets-'))
}
