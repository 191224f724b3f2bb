import type {Readable} from 'node:stream'
import {text} from 'node:stream/consumers'
import {pipeline} from 'node:stream/promises'
import type {ShellStreams} from './shell-session.ts'
import {LinkLost} from './transport.ts'

/** Streams bytes into a command that runs, no faster than it takes them; gives what it printed. Throws LinkLost when it ended early. */
export async function sendInto({stdin, stdout, stderr}: ShellStreams, content: Readable): Promise<string> {
  const said = Promise.all([text(stdout), text(stderr)])
  said.catch(() => {})
  try {
    await pipeline(content, stdin)
  } catch (error) {
    throw new LinkLost(error instanceof Error ? error.message : String(error))
  }
  return (await said).join('')
}
