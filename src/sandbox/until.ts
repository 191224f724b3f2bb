import {setTimeout} from 'node:timers/promises'

/** Asks every 100 ms until the answer is yes, and tells whether it was within so many seconds. */
export async function until(condition: () => Promise<boolean>, seconds: number): Promise<boolean> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    if (await condition()) return true
    if (Date.now() > end) return false
    await setTimeout(100)
  }
}
