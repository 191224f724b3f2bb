import {TaskError} from '../errors.ts'
import {home} from './shell.ts'

/** Plain data in which the home is named as people do. */
export function homeAsTilde<Data>(data: Data): Data {
  const written = JSON.stringify(data)
  const unsaid = JSON.stringify(home).slice(1, -1)
  return written.includes(unsaid) ? JSON.parse(written.replaceAll(unsaid, '~')) : data
}

/** Runs something whose failure's message names the home as people do. */
export function naming<Result>(look: () => Result): Result {
  try {
    return look()
  } catch (error) {
    if (!(error instanceof TaskError) || !error.message.includes(home)) throw error
    throw new TaskError({...error.failure, message: error.message.replaceAll(home, '~')})
  }
}
