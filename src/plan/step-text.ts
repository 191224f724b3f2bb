import {createHash} from 'node:crypto'
import type {Step, Upload} from '../module.ts'

/** Everything about a step in one text, to be digested. */
export function stepText(step: Step): string {
  if (typeof step === 'string') return step
  return JSON.stringify({...step, content: fingerprint(step.content)})
}

/** What kind of step it is, in words that hold no secret. */
export function stepWords(step: Step): string {
  return typeof step === 'string' ? 'runs a command' : `writes ${step.dest}`
}

function fingerprint(content: Upload['content']): string {
  const isBytes = typeof content === 'string' || content instanceof Uint8Array
  return isBytes ? createHash('sha256').update(content).digest('hex') : content.sha256
}
