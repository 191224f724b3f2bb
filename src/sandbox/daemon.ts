import {spawn} from 'node:child_process'
import {open, readFile, rm, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {until} from './until.ts'

/** A program that goes on when we end: `folder` gets NAME.pid and NAME.log. */
export type Daemon = {
  readonly name: string
  readonly folder: string
  readonly command: readonly [string, ...string[]]
  readonly environment?: Readonly<Record<string, string>>
}

/** Starts the program in a session of its own; throws an Error when it cannot be started. */
export async function startDaemon(daemon: Daemon): Promise<void> {
  const log = await open(join(daemon.folder, `${daemon.name}.log`), 'a')
  const [program, ...words] = daemon.command
  const environment = {PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', ...daemon.environment}
  const child = spawn(program, words, {detached: true, stdio: ['ignore', log.fd, log.fd], env: environment, cwd: '/'})
  await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject))
  child.unref()
  await log.close()
  const identity = await processIdentity(child.pid ?? 0)
  await writeFile(pidFile(daemon.folder, daemon.name), `${identity ?? 'gone'}\n`)
}

/** The process id of a program that startDaemon started and that still runs. */
export async function daemonProcess(folder: string, name: string): Promise<number | undefined> {
  const written = await readFile(pidFile(folder, name), 'utf8').catch(() => '')
  const pid = Number(written.split(' ')[0])
  if (!Number.isInteger(pid) || pid < 2) return undefined
  return (await processIdentity(pid)) === written.trim() ? pid : undefined
}

/** Ends a program that startDaemon started, by force after five seconds. */
export async function stopDaemon(folder: string, name: string): Promise<void> {
  const pid = await daemonProcess(folder, name)
  if (pid !== undefined) {
    signal(pid, 'SIGTERM')
    const ended = async () => (await daemonProcess(folder, name)) === undefined
    if (!(await until(ended, 5))) signal(pid, 'SIGKILL')
    await until(ended, 5)
  }
  await rm(pidFile(folder, name), {force: true})
}

/** Process id and start time: together they name one process, also after ids were used again. */
async function processIdentity(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state, startTime] = [fields?.[0], fields?.[19]]
  return state === undefined || state === 'Z' ? undefined : `${pid} ${startTime}`
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It ended by itself in between.
  }
}

function pidFile(folder: string, name: string): string {
  return join(folder, `${name}.pid`)
}
