import {UnreachableError} from '../errors.ts'

/** Tries to reach a host; says why that did not work, undefined when it did. Other errors are thrown on. */
export async function whyUnreachable(reach: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await reach()
    return undefined
  } catch (error) {
    if (error instanceof UnreachableError) return error.message
    throw error
  }
}
