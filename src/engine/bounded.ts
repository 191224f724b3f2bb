import {setTimeout as wait} from 'node:timers/promises'
import {UnreachableError} from '../errors.ts'

/** How long a look may take, in milliseconds. */
const lookLimit = 300_000

/** Looking takes a second or two; what hangs on the host (a daemon, a network disk) must not hang us. Throws UnreachableError. */
export async function bounded(host: string, asking: Promise<void>, limit = lookLimit): Promise<void> {
  const done = new AbortController()
  const late = wait(limit, undefined, {signal: done.signal}).then(() => {
    throw new UnreachableError(
      host,
      `no answer in ${limit / 1000} s`,
      'something hangs on the host: log in and see what',
    )
  })
  await Promise.race([asking, late]).finally(() => done.abort())
}
