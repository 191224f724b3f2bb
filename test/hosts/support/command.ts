import {spawn} from 'node:child_process'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {HostSummary, TaskResult} from '../../../src/engine/events.ts'

const program = new URL('../../../dist/cli.js', import.meta.url).pathname

/** What a command left behind. */
export type Ran = {readonly exit: number; readonly stdout: string; readonly stderr: string}

/** One task of the JSON report. */
type ReportedTask = Pick<
  TaskResult,
  'host' | 'delegate' | 'task' | 'module' | 'status' | 'changes' | 'item' | 'message' | 'failure'
> & {
  readonly file: string
  readonly line: number
}

/** The JSON report of a run. */
export type RunReport = {
  readonly hosts: {readonly [host: string]: HostSummary}
  readonly tasks: readonly ReportedTask[]
  readonly ms: number
  readonly exit: number
}

/** A folder of its own from which the real program is called. */
export class Workplace {
  readonly folder = mkdtempSync(join(tmpdir(), 'provision-test-'))

  write(name: string, text: string): string {
    writeFileSync(join(this.folder, name), text)
    return join(this.folder, name)
  }

  /** Runs the built program; `stdin` is closed. Bounded by `seconds`. */
  provision(args: readonly string[], seconds = 600): Promise<Ran> {
    // What it seals, it seals for an identity of its own.
    const environment = {...process.env, PROVISION_AGE_IDENTITY: join(this.folder, 'identity.txt')}
    return execute(process.execPath, [program, ...args], {cwd: this.folder, seconds, environment})
  }

  /** Runs a playbook and reads its JSON report. Bounded by `seconds`. */
  async report(args: readonly string[], seconds = 600): Promise<RunReport> {
    const {stdout, stderr} = await this.provision([...args, '--output', 'json'], seconds)
    try {
      return JSON.parse(stdout)
    } catch {
      throw new Error(`no report: ${stdout}\n${stderr}`)
    }
  }

  remove(): void {
    rmSync(this.folder, {recursive: true})
  }
}

/** Runs a local command to its end, whatever its exit code. */
export function execute(
  command: string,
  args: readonly string[],
  options: {cwd?: string; seconds?: number; input?: string; environment?: NodeJS.ProcessEnv} = {},
): Promise<Ran> {
  const {cwd, seconds = 60, input, environment: env} = options
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {cwd, env, stdio: 'pipe', signal: AbortSignal.timeout(seconds * 1000)})
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', text => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', text => (stderr += text))
    child.on('error', reject).on('close', code => resolve({exit: code ?? -1, stdout, stderr}))
    child.stdin.end(input)
  })
}
