import {type Dirent, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import type {SandboxHost} from '../../../src/sandbox/sandbox.ts'
import {onHost} from './look.ts'

/** Words that are parts of secrets, which no quoting changes, and where they are seen. */
export class Sentinels {
  readonly #words: readonly string[]
  readonly #forms: readonly string[]

  constructor(words: readonly string[]) {
    this.#words = words
    const base64 = (word: string) => Buffer.from(word).toString('base64').slice(0, 10)
    this.#forms = words.flatMap(word => [word, base64(word), Buffer.from(word).toString('hex')])
  }

  /** Those that stand in a text, also in base64 and hexadecimal letters. */
  in(text: string): readonly string[] {
    return this.#forms.filter(form => text.includes(form))
  }

  /** The files of a folder of this machine that hold one. */
  filesIn(folder: string): readonly string[] {
    const isHolding = ({parentPath, name}: Dirent) => this.in(readFileSync(join(parentPath, name), 'latin1')).length > 0
    const files = readdirSync(folder, {recursive: true, withFileTypes: true}).filter(entry => entry.isFile())
    return files
      .filter(isHolding)
      .map(({name}) => name)
      .toSorted()
  }

  /** The files of a host that hold one, and what its logs hold. */
  async onHost(host: SandboxHost): Promise<{readonly files: readonly string[]; readonly logs: readonly string[]}> {
    const where = this.#words.map(word => `-e '${word}'`).join(' ')
    const files = await onHost(
      host,
      `grep -rlsaF ${where} /srv /run /tmp /var /root /home /etc --exclude-dir=docker | sort`,
    )
    const logs = await onHost(
      host,
      'journalctl --no-pager -o cat; cat /var/log/*.log /var/log/*/*.log 2>/dev/null || true',
    )
    return {files: files.split('\n').filter(file => file !== ''), logs: this.in(logs)}
  }
}

/** Writes down the arguments of all processes of a host, again and again, until it is called off. */
export async function watchArguments(host: SandboxHost): Promise<() => Promise<string>> {
  await onHost(
    host,
    "systemd-run --quiet --unit watch-arguments sh -c 'while :; do cat /proc/[0-9]*/cmdline >>/srv/arguments 2>/dev/null; sleep 0.05; done'",
  )
  return async () => {
    await onHost(host, 'systemctl stop watch-arguments')
    return onHost(host, 'tr "\\0" " " </srv/arguments; rm /srv/arguments')
  }
}
