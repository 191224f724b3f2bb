import {connect} from 'node:net'
import {setTimeout as pause} from 'node:timers/promises'
import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {controllerModule} from '../module.ts'
import {count} from './arguments.ts'

const schema = z.strictObject({
  host: z.string().min(1).default('127.0.0.1').describe('Whose port it is, as seen from where provision runs.'),
  port: count.describe('TCP port.'),
  state: z
    .enum(['started', 'stopped', 'present', 'absent'])
    .default('started')
    .describe('started (present): it answers; stopped (absent): it does not.'),
  search_regex: z
    .string()
    .optional()
    .describe('Regular expression that the server must say of itself, such as OpenSSH.'),
  delay: count.default(0).describe('Seconds before the first try.'),
  sleep: count.default(1).describe('Seconds between two tries.'),
  connect_timeout: count.default(5).describe('Seconds that one try may take.'),
  timeout: count.default(300).describe('Seconds until it must be so.'),
  msg: z.string().optional().describe('What to say when it did not come to be so.'),
})

type Wanted = z.infer<typeof schema>

/** wait_for: waits, where provision runs, until a port answers or no longer does. */
export const wait_for = controllerModule<Wanted>({
  name: 'wait_for',
  summary: 'Waits, where provision runs, until a TCP port answers or no longer does.',
  topic: 'outside',
  example: {
    name: 'SSH answers',
    wait_for: {host: '{{ ansible_host }}', port: 22, timeout: 60},
    delegate_to: 'localhost',
  },
  schema,
  outside: true,
  run: async (wanted, {check, signal}) => {
    const {host, port, state} = wanted
    if (check) return {changed: false, skipped: true, message: 'not waited for in check mode', result: {}}
    await pause(wanted.delay * 1000, undefined, {signal})
    const limit = AbortSignal.timeout(wanted.timeout * 1000)
    while (!(await isSo(wanted))) {
      if (limit.aborted) throw tooLate(wanted)
      await pause(wanted.sleep * 1000, undefined, {signal})
    }
    return {changed: false, result: {host, port, state}}
  },
})

async function isSo(wanted: Wanted): Promise<boolean> {
  const answers = await answered(wanted)
  return ['started', 'present'].includes(wanted.state) ? answers : !answers
}

/** Whether the port takes a connection and, where asked for, says what it should. */
function answered({host, port, connect_timeout, search_regex}: Wanted): Promise<boolean> {
  const expected = search_regex === undefined ? undefined : new RegExp(search_regex, 'm')
  let heard = ''
  return new Promise(resolve => {
    const socket = connect({host, port, noDelay: true})
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(connect_timeout * 1000, () => end(false))
    socket.once('error', () => end(false))
    socket.once('end', () => end(false))
    socket.once('connect', () => {
      if (!expected) end(true)
    })
    socket.on('data', data => {
      heard += data.toString('latin1')
      if (expected?.test(heard)) end(true)
    })
  })
}

function tooLate({host, port, state, timeout, msg}: Wanted): TaskError {
  const wish = ['started', 'present'].includes(state) ? 'answers' : 'no longer answers'
  return new TaskError({message: msg ?? `Waited ${timeout} seconds in vain until port ${port} of ${host} ${wish}`})
}
