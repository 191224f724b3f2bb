import {connect} from 'node:net'
import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {controllerModule} from '../module.ts'
import {count} from './arguments.ts'

const schema = z.strictObject({
  host: z
    .string()
    .min(1)
    .optional()
    .describe("Address that is looked at; without it the host's own, as provision reaches it."),
  expected: z.array(count).describe('TCP ports that must answer.'),
  scanned: z.array(count).default([]).describe('Further TCP ports; none of them may answer.'),
  timeout: count.default(3).describe('Seconds after which a port that says nothing counts as closed.'),
})

type Wanted = z.infer<typeof schema>

/** open_ports: looks from outside which ports answer, because Docker publishes past the firewall. */
export const open_ports = controllerModule<Wanted>({
  name: 'open_ports',
  summary: 'Looks from where provision runs which TCP ports answer, and fails unless it is exactly the expected ones.',
  topic: 'outside',
  example: {
    name: 'Nothing else answers',
    open_ports: {expected: [22, 80, 443], scanned: [5432, 6379]},
    delegate_to: 'localhost',
  },
  schema,
  run: async (wanted, {address, signal}) => {
    const host = wanted.host ?? address
    const ports = [...new Set([...wanted.expected, ...wanted.scanned])].sort((left, right) => left - right)
    const answers = await Promise.all(ports.map(port => answered(host, port, wanted.timeout, signal)))
    const open = ports.filter((_, index) => answers[index])
    const closed = ports.filter((_, index) => !answers[index])
    complain(host, wanted, open)
    return {changed: false, message: `open: ${open.join(', ')}`, result: {host, open, closed}}
  },
})

function answered(host: string, port: number, seconds: number, signal: AbortSignal): Promise<boolean> {
  return new Promise(resolve => {
    // A signal of its own for each: node warns of many listeners on one.
    const socket = connect({host, port, signal: AbortSignal.any([signal])})
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(seconds * 1000, () => end(false))
    socket.once('error', () => end(false))
    socket.once('connect', () => end(true))
  })
}

function complain(host: string, wanted: Wanted, open: readonly number[]): void {
  const missing = wanted.expected.filter(port => !open.includes(port))
  const extra = open.filter(port => !wanted.expected.includes(port))
  const parts = [
    ...(extra.length > 0 ? [`answers on ${extra.join(', ')}, which must be closed to the outside`] : []),
    ...(missing.length > 0 ? [`does not answer on ${missing.join(', ')}`] : []),
  ]
  if (parts.length > 0) throw new TaskError({message: `${host} ${parts.join(' and ')}`})
}
