import {setTimeout as pause} from 'node:timers/promises'
import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {controllerModule} from '../module.ts'
import {sh} from '../shell/shell.ts'
import {count} from './arguments.ts'
import {whyUnreachable} from './unreachable.ts'

const schema = z.strictObject({
  delay: count.default(0).describe('Seconds before the first try.'),
  sleep: count.default(1).describe('Seconds between two tries.'),
  connect_timeout: count.default(5).describe('Seconds that one try may take.'),
  timeout: count.default(600).describe('Seconds until the host must be reached.'),
})

/** wait_for_connection: waits until a login works and a command runs. */
export const wait_for_connection = controllerModule({
  name: 'wait_for_connection',
  summary: 'Waits until the host can be reached: a new login works, and a command runs.',
  topic: 'control',
  example: {name: 'The host is up', wait_for_connection: {timeout: 300}},
  schema,
  // Nothing is to be asked of a host that is not there yet.
  barrier: true,
  async run({delay, sleep, connect_timeout, timeout}, {remote, check, signal}) {
    if (check) return {changed: false, skipped: true, message: 'not waited for in check mode', result: {}}
    const started = performance.now()
    const elapsed = () => Math.floor((performance.now() - started) / 1000)
    await pause(delay * 1000, undefined, {signal})
    const until = performance.now() + timeout * 1000
    for (;;) {
      const why = await whyUnreachable(async () => {
        await remote.reopen(connect_timeout)
        await remote.run(sh`:`, {seconds: connect_timeout})
      })
      if (why === undefined) return {changed: false, result: {elapsed: elapsed()}}
      if (performance.now() > until) throw new TaskError({message: `timed out waiting for the host: ${why}`})
      await pause(sleep * 1000, undefined, {signal})
    }
  },
})
