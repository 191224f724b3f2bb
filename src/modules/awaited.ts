import {z} from 'zod'
import {count, path, text, words} from './arguments.ts'

const connectionStates = ['ESTABLISHED', 'FIN_WAIT1', 'FIN_WAIT2', 'SYN_RECV', 'SYN_SENT', 'TIME_WAIT'] as const

/** The arguments of wait_for. */
export const awaiting = z
  .strictObject({
    host: text.pipe(z.string().min(1)).default('127.0.0.1').describe('Whose port it is.'),
    port: count.optional().describe('TCP port. Without port and path, timeout is how long to wait.'),
    path: path.optional().describe('A file, instead of a port.'),
    state: z
      .enum(['started', 'stopped', 'present', 'absent', 'drained'])
      .default('started')
      .describe('started, present: it answers or is there; stopped, absent: not; drained: nobody is connected.'),
    search_regex: z.string().optional().describe('What the server must say of itself, or what must be in the file.'),
    delay: count.default(0).describe('Seconds before the first try.'),
    sleep: count.default(1).describe('Seconds between two tries.'),
    connect_timeout: count.default(5).describe('Seconds that one try may take.'),
    timeout: count.default(300).describe('Seconds until it must be so, the delay among them.'),
    exclude_hosts: words.optional().describe('drained: whose connections do not count.'),
    active_connection_states: z
      .array(z.enum(connectionStates))
      .default([...connectionStates])
      .describe('drained: which connections count.'),
    msg: z.string().optional().describe('What to say when it did not come to be so.'),
  })
  .refine(({port, path}) => port === undefined || path === undefined, 'port and path exclude each other')
  .refine(({path, state}) => path === undefined || !['stopped', 'drained'].includes(state), {
    error: 'stopped and drained are for ports',
    path: ['state'],
  })
  .refine(({port, state}) => port !== undefined || state !== 'drained', {error: 'port is missing', path: ['port']})
  .refine(({exclude_hosts, state}) => exclude_hosts === undefined || state === 'drained', {
    error: 'exclude_hosts is for state: drained',
    path: ['exclude_hosts'],
  })

/** What is waited for. */
export type Awaited = z.infer<typeof awaiting>
