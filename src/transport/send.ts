import {Writable} from 'node:stream'
import {text} from 'node:stream/consumers'
import {pipeline} from 'node:stream/promises'
import {setTimeout as wait} from 'node:timers/promises'
import type {ShellStreams} from './shell-session.ts'
import {LinkLost} from './transport.ts'

/** How long the last words of a command that ended early are waited for, in milliseconds. */
const patience = 1000

/**
 * Streams bytes into a command that runs, no faster than it takes them, and asks for a piece only when the one before it is out of
 * our hands; gives what the command printed, on stdout first. One that takes no more and prints something has ended by itself; throws
 * LinkLost when it ended early without a word on stdout.
 */
export async function sendInto(
  {stdin, stdout, stderr}: ShellStreams,
  content: AsyncIterable<Uint8Array>,
): Promise<string> {
  const said = Promise.all([text(stdout), text(stderr)])
  said.catch(() => {})
  try {
    await pipeline(content, pieceByPiece(stdin))
  } catch (error) {
    const words = await Promise.race([said, wait(patience, [], {ref: false})]).catch(() => [])
    if (words[0]) return words.join('')
    throw new LinkLost([error instanceof Error ? error.message : String(error), ...words].join(' ').trim())
  }
  return (await said).join('')
}

function pieceByPiece(stdin: Writable): Writable {
  const pieces = new Writable({
    highWaterMark: 1,
    write: (piece, _, done) => void stdin.write(piece, done),
    final: done => void stdin.end(done),
  })
  // A command that ended before it has taken all.
  stdin.once('error', error => pieces.destroy(error))
  stdin.once('close', () => pieces.destroy())
  return pieces
}
