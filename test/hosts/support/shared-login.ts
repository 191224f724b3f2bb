import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {SandboxHost} from '../../../src/sandbox/sandbox.ts'
import {execute, type Ran} from './command.ts'
import {login} from './look.ts'
import {until} from './until.ts'

/** One login as root by OpenSSH, for many scripts one after the other: a login of its own takes longer than most of them. */
export class SharedLogin {
  readonly #folder = mkdtempSync(join(tmpdir(), 'login-'))
  readonly #socket = join(this.#folder, 'master')
  readonly #words: readonly string[]
  readonly #master: ChildProcess

  private constructor(host: SandboxHost) {
    this.#words = ['-S', this.#socket, ...login(host)]
    this.#master = spawn('ssh', ['-M', '-N', ...this.#words], {stdio: 'ignore'})
  }

  /** Logs in. Throws when the host does not let us. */
  static async to(host: SandboxHost): Promise<SharedLogin> {
    const made = new SharedLogin(host)
    await until(() => made.#check(), 30)
    return made
  }

  /** Runs a script by sh, to its end, whatever its exit code; 10 minutes at most. */
  run(script: string): Promise<Ran> {
    return execute('ssh', [...this.#words, 'sh'], {input: script, seconds: 600})
  }

  async #check(): Promise<void> {
    const {exit, stderr} = await execute('ssh', ['-O', 'check', ...this.#words])
    if (exit !== 0) throw new Error(`no login: ${stderr}`)
  }

  async close(): Promise<void> {
    const ended = once(this.#master, 'exit')
    if (this.#master.exitCode === null && this.#master.kill()) await ended
    rmSync(this.#folder, {recursive: true})
  }
}
