import type {Shell} from '../shell/shell.ts'
import {isRefusal, refusal} from './busy.ts'
import {attach, type Run, start} from './delivery.ts'
import {type Frame, FrameReader, makeNonce} from './frames.ts'
import type {MakeScript} from './link.ts'

/** How often a link may be lost during one script. */
const mostLosses = 5

/** The way on which a script is started and heard. */
export type Way = {
  readonly send: (script: Shell, onLine: (line: string) => void) => Promise<void>
  /** Opens it again. Throws what it is told when that is no loss of the link. */
  readonly reconnect: (error: unknown) => Promise<void>
}

/**
 * Runs a script detached from the link: when the link is lost, it goes on, and a new link attaches to what it says. One that had not
 * begun is begun again. Throws TaskError when the host's lock is not to be had.
 */
export async function runDetached(
  {run, makeScript, locks}: {readonly run: Run; readonly makeScript: MakeScript; readonly locks: boolean},
  {send, reconnect}: Way,
  onFrame: (frame: Frame) => void,
): Promise<void> {
  const nonce = makeNonce()
  const refused: Frame[] = []
  let isGone = false
  const reader = new FrameReader(nonce, frame => {
    isGone ||= frame.word === 'gone'
    if (isRefusal(frame)) refused.push(frame)
    else if (!isGone) onFrame(frame)
  })
  let received = 0
  const onLine = (line: string) => {
    received += line.length + 1
    reader.line(line)
  }
  const begin = start(nonce, run, makeScript(nonce), locks)
  let script = begin
  for (let lost = 0; ; ) {
    try {
      await send(script, onLine)
      if (!isGone) break
      isGone = false
      script = begin
    } catch (error) {
      if (++lost > mostLosses) throw error
      await reconnect(error)
      script = attach(nonce, run, received)
    }
  }
  if (refused[0]) throw refusal(refused[0])
}
