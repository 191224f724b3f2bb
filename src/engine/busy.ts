import {TaskError} from '../errors.ts'
import type {Frame} from './frames.ts'

/** Another run holds the host's lock; the frame says which. */
export function busy(frame: Frame): TaskError {
  return new TaskError({
    message: `another run holds this host: ${frame.body.toString('utf8').trim()}`,
    hint: 'wait until it has ended; the lock ends with its process',
  })
}
