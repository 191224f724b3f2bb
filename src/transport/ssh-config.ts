import {execFile, spawnSync} from 'node:child_process'
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {homedir, userInfo} from 'node:os'
import {join} from 'node:path'
import {UsageError} from '../errors.ts'
import {parseJumps} from './jump-words.ts'
import {parseSettings, type SshSettings} from './ssh-settings.ts'

type Answer = {readonly code: number | string; readonly stdout: string; readonly stderr: string}

/** What `ssh -G` says of hosts: asked once per host, and only where there is a configuration that says anything. */
export class SshConfig {
  readonly #known = new Map<string, SshSettings | undefined>()
  readonly #files = configFiles()
  readonly #isThere = this.#files !== undefined

  /** Asks for many hosts and the jump hosts on the way at once. Each is the words for ssh, the host last. Throws UsageError. */
  async load(calls: readonly (readonly string[])[]): Promise<void> {
    const asked = calls.filter(words => !this.#known.has(key(words)) && this.#says(words))
    for (const words of asked) this.#known.set(key(words), undefined)
    await Promise.all(asked.map(words => ask(this.#all(words)).then(answer => this.#learn(words, answer))))
    const jumps = asked.flatMap(words => parseJumps(this.#known.get(key(words))?.proxyJump).map(jump => jump.words))
    if (jumps.length > 0) await this.load(jumps)
  }

  /** The settings for a host; undefined where nothing is configured, or OpenSSH is not there. Throws UsageError. */
  settings(words: readonly string[]): SshSettings | undefined {
    if (!this.#says(words)) return undefined
    if (!this.#known.has(key(words))) this.#learn(words, askNow(this.#all(words)))
    return this.#known.get(key(words))
  }

  #says(words: readonly string[]): boolean {
    return this.#isThere || words.some(word => /^-[oJF]/.test(word))
  }

  #all(words: readonly string[]): readonly string[] {
    const host = words.at(-1) ?? ''
    return ['-G', ...(this.#files ?? []), ...words.slice(0, -1), '--', host]
  }

  #learn(words: readonly string[], {code, stdout, stderr}: Answer): void {
    if (code === 0) return void this.#known.set(key(words), parseSettings(stdout))
    const needed = words.some(word => /^-[oJF]/.test(word))
    if (code !== 'ENOENT') throw refused(words, stderr)
    if (needed)
      throw new UsageError(`the ssh options "${words.slice(0, -1).join(' ')}" need OpenSSH's ssh, which is not here`)
    this.#known.set(key(words), undefined)
  }
}

function refused(words: readonly string[], stderr: string): UsageError {
  const said = stderr.split('\n').filter(line => line.trim() !== '' && !line.startsWith('Pseudo-terminal'))
  return new UsageError(
    `OpenSSH refuses its configuration for ${words.at(-1)}: ${said.map(line => line.trim()).join('; ')}`,
    `correct ~/.ssh/config or ansible_ssh_common_args; try: ssh -G ${words.join(' ')}`,
  )
}

const system = '/etc/ssh/ssh_config'

/**
 * Words that name the configuration to read, or undefined where none says anything that matters here. OpenSSH takes the
 * home folder from the account; where HOME is another, as everywhere else here, HOME is meant.
 */
function configFiles(): readonly string[] | undefined {
  const own = join(homedir(), '.ssh', 'config')
  const isAccounts = homedir() === userInfo().homedir
  if (existsSync(own)) return isAccounts ? [] : ['-F', own]
  if (!systemSays()) return undefined
  return isAccounts ? [] : ['-F', system]
}

/** Debian's file as it comes says nothing of where hosts are and how to get in. */
function systemSays(): boolean {
  const folder = `${system}.d`
  const more = existsSync(folder) ? readdirSync(folder).map(name => join(folder, name)) : []
  return [system, ...more].some(file => existsSync(file) && matters.test(readFileSync(file, 'utf8')))
}

const matters =
  /^\s*(?:hostname|port|user|identit|userknown|globalknown|stricthost|hostkeyalias|connecttimeout|proxy|match|canonical|include(?!\s+\/etc\/ssh\/ssh_config\.d\/\*\.conf))/im

function ask(words: readonly string[]): Promise<Answer> {
  return new Promise(resolve => {
    const child = execFile('ssh', words, {timeout: 10_000}, (error, stdout, stderr) =>
      resolve({code: error === null ? 0 : (error.code ?? 'killed'), stdout, stderr}),
    )
    child.stdin?.end()
  })
}

/** For a host that a playbook adds while it runs. */
function askNow(words: readonly string[]): Answer {
  const {status, error, stdout, stderr} = spawnSync('ssh', words, {timeout: 10_000, encoding: 'utf8', stdio: 'pipe'})
  const code = error !== undefined && 'code' in error ? String(error.code) : (status ?? 'killed')
  return {code, stdout, stderr}
}

function key(words: readonly string[]): string {
  return words.join('\0')
}
