import {randomBytes} from 'node:crypto'
import type {Readable, Writable} from 'node:stream'
import type {ClientChannel} from 'ssh2'
import type {Shell} from '../shell/shell.ts'
import {LinkLost, type RemoteShell} from './transport.ts'

/** The three ends of a running sh, wherever it runs. */
export type ShellStreams = {readonly stdin: Writable; readonly stdout: Readable; readonly stderr: Readable}

/** The ends of a command that runs on an SSH channel. */
export function streamsOf(channel: ClientChannel): ShellStreams {
  return {stdin: channel, stdout: channel, stderr: channel.stderr}
}

/** Speaks with a running sh: a script goes in, its lines come out, a line that nobody can guess ends them. */
export class ShellSession implements RemoteShell {
  readonly #streams: ShellStreams
  readonly #errors: string[] = []
  #current: {onLine: (line: string) => void; end: string; done: () => void; lost: (error: Error) => void} | undefined
  #rest = ''
  #closed = false

  constructor(streams: ShellStreams) {
    this.#streams = streams
    streams.stdout.on('data', (chunk: Buffer) => this.#read(chunk.toString('latin1')))
    streams.stderr.setEncoding('utf8').on('data', (text: string) => this.#errors.push(text))
    for (const stream of [streams.stdin, streams.stdout, streams.stderr]) stream.on('error', () => this.#close())
    streams.stdout.on('close', () => this.#close())
  }

  /** What the shell itself wrote to stderr, at most its last 2000 characters. */
  get stderr(): string {
    return this.#errors.join('').slice(-2000)
  }

  run(script: Shell, onLine: (line: string) => void): Promise<void> {
    const end = `@${randomBytes(12).toString('hex')}`
    return new Promise((done, lost) => {
      if (this.#closed) return lost(this.#lost())
      this.#current = {onLine, end, done, lost}
      this.#streams.stdin.write(`${script}\nprintf '\\n%s\\n' ${end}\n`)
    })
  }

  #read(text: string): void {
    const lines = (this.#rest + text).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) this.#line(line)
  }

  #line(line: string): void {
    const current = this.#current
    if (!current) return
    if (line !== current.end) return current.onLine(line)
    this.#current = undefined
    current.done()
  }

  #close(): void {
    this.#closed = true
    this.#current?.lost(this.#lost())
    this.#current = undefined
  }

  #lost(): LinkLost {
    return new LinkLost(this.stderr.trim() || 'the connection ended')
  }
}
