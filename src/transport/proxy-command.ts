import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {Duplex} from 'node:stream'
import {setTimeout as wait} from 'node:timers/promises'
import {UnreachableError} from '../errors.ts'
import type {Stream} from './stream.ts'
import type {Hop} from './transport.ts'

/** How long a ProxyCommand that failed may take to say why, in milliseconds. */
const lastWords = 1000

/** Starts a ProxyCommand, whose stdin and stdout are the way to the SSH server; it ends with the stream. Throws UnreachableError. */
export async function openProxy({host}: Hop, command: string): Promise<Stream> {
  // As OpenSSH starts it: without a shell that stays, so that ending it ends the command.
  const child = spawn('sh', ['-c', `exec ${command}`], {stdio: 'pipe'})
  const errors: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text))
  // It may end while something is written to it; the stream says so by closing.
  child.stdin.on('error', () => {})
  await once(child, 'spawn').catch((error: unknown) => {
    throw new UnreachableError(host, `cannot start the ProxyCommand: ${String(error)}`)
  })
  const stream = Duplex.from({readable: child.stdout, writable: child.stdin})
  stream.on('error', () => {}).on('close', () => child.kill())
  child.once('exit', () => stream.destroy())
  const ended = once(child, 'close').catch(() => {})
  // What it says may come after what it did; a child of its own may hold stderr open.
  const said = async () => {
    await Promise.race([ended, wait(lastWords, undefined, {ref: false})])
    return errors.join('').trim().split('\n').at(-1) ?? ''
  }
  return {stream, said}
}
