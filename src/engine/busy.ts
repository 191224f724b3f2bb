import {TaskError} from '../errors.ts'
import type {Frame} from './frames.ts'

/** Whether a frame says that the host's lock was not to be had. */
export function isRefusal({word}: Frame): boolean {
  return word === 'busy' || word === 'unlocked'
}

/** Why the host's lock was not to be had: another run holds it, and the frame says which, or its file cannot be opened. */
export function refusal({word, body}: Frame): TaskError {
  const said = body.toString('utf8').trim()
  if (word === 'busy')
    return new TaskError({
      message: `another run holds this host: ${said}`,
      hint: 'wait until it has ended; the lock ends with its process',
    })
  return new TaskError({
    message: `this host cannot be locked: ${said}`,
    hint: "see that its disk is not full, and that the file is not another user's",
  })
}
