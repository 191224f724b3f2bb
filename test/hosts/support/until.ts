import {setTimeout as wait} from 'node:timers/promises'

/** Tries until it does not throw any more; throws what it threw last after so many seconds. */
export async function until<Result>(attempt: () => Promise<Result>, seconds: number): Promise<Result> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (Date.now() > end) throw error
    }
    await wait(200)
  }
}
