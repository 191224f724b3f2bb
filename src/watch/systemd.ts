import {execFile} from 'node:child_process'
import {existsSync} from 'node:fs'
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {homedir, tmpdir, userInfo} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {UsageError} from '../errors.ts'
import {writeWholeFile} from '../write-file.ts'

const execute = promisify(execFile)
const isRoot = () => process.getuid?.() === 0

/** Who starts looks here: systemd; cron, where no systemd runs this machine, or where it runs none for this user (as after su). */
export async function starter(): Promise<'systemd' | 'no systemd' | 'no manager of the user'> {
  if (!existsSync('/run/systemd/system')) return 'no systemd'
  return isRoot() || (await succeeds('show-environment')) ? 'systemd' : 'no manager of the user'
}

/** Installs and starts units, of the system for root and of the user for everybody else; true when anything changed. Throws UsageError. */
export async function installUnits(units: {readonly [file: string]: string}, timer: string): Promise<boolean> {
  const before = await Promise.all(Object.keys(units).map(textOf))
  const isSame = Object.values(units).every((text, index) => text === before[index])
  if (isSame && (await succeeds('is-active', timer)) && (await succeeds('is-enabled', timer))) return false
  await verify(units)
  for (const [file, text] of Object.entries(units)) await writeWholeFile(join(folder(), file), text, 0o644)
  await systemctl('daemon-reload')
  await systemctl('enable', timer)
  await systemctl('restart', timer)
  return true
}

/** Stops and removes units; true when there were any. Where no systemd runs them, their files alone go. */
export async function removeUnits(files: readonly string[], timer: string): Promise<boolean> {
  const there = files.map(file => join(folder(), file)).filter(path => existsSync(path))
  if (there.length === 0) return false
  const isRunning = (await starter()) === 'systemd'
  if (isRunning && existsSync(join(folder(), timer))) await systemctl('disable', '--now', timer)
  await rm(join(folder(), 'timers.target.wants', timer), {force: true})
  for (const path of there) await rm(path)
  if (isRunning) await systemctl('daemon-reload')
  return true
}

/** Where units of root or of this user lie. */
export function folder(): string {
  return isRoot()
    ? '/etc/systemd/system'
    : join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'systemd', 'user')
}

/** When a timer fires next, as systemd says it. */
export function nextFiring(timer: string): Promise<string> {
  return systemctl('show', timer, '--property', 'NextElapseUSecRealtime', '--value')
}

/** What has to be done so that a timer of a user fires while the user is not logged in; undefined when nothing has. */
export function lingering(): string | undefined {
  const {username} = userInfo()
  if (isRoot() || existsSync(`/var/lib/systemd/linger/${username}`)) return undefined
  return `The timer fires only while ${username} is logged in; sudo loginctl enable-linger ${username} makes it fire always.`
}

/** systemd itself reads the units before they are put in place. */
async function verify(units: {readonly [file: string]: string}): Promise<void> {
  const draft = await mkdtemp(join(tmpdir(), 'provision-units-'))
  try {
    const files = Object.entries(units).map(([file, text]) => ({path: join(draft, file), text}))
    for (const {path, text} of files) await writeFile(path, text)
    await execute('systemd-analyze', [...scope(), 'verify', ...files.map(({path}) => path)], {
      timeout: 60_000,
      env: environment(),
    })
  } catch (error) {
    throw new UsageError(`systemd does not take the units of the schedule: ${said(error)}`)
  } finally {
    await rm(draft, {recursive: true, force: true})
  }
}

function scope(): readonly string[] {
  return isRoot() ? [] : ['--user']
}

async function systemctl(...words: readonly string[]): Promise<string> {
  try {
    return (await execute('systemctl', [...scope(), ...words], {timeout: 60_000, env: environment()})).stdout.trim()
  } catch (error) {
    throw new UsageError(`systemctl ${[...scope(), ...words].join(' ')} failed: ${said(error)}`)
  }
}

async function succeeds(...words: readonly string[]): Promise<boolean> {
  try {
    await execute('systemctl', [...scope(), '--quiet', ...words], {timeout: 60_000, env: environment()})
    return true
  } catch {
    return false
  }
}

/** Where the manager of a user is found, also after sudo -u, which does not say so. */
function environment(): NodeJS.ProcessEnv {
  return {XDG_RUNTIME_DIR: `/run/user/${process.getuid?.()}`, ...process.env}
}

async function textOf(file: string): Promise<string | undefined> {
  const path = join(folder(), file)
  return existsSync(path) ? readFile(path, 'utf8') : undefined
}

function said(error: unknown): string {
  const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : ''
  return stderr || (error instanceof Error ? error.message : String(error))
}
