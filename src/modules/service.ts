import {z} from 'zod'
import {hostModule} from '../module.ts'
import {bool, oneOf, word} from './arguments.ts'
import {applyUnit, askUnit, readUnit, type UnitState, unitChanges} from './units.ts'

const left = z.unknown().optional().describe('Taken for playbooks that have it; systemd needs none.')

/** What means something to other managers of services only: Ansible leaves it out where systemd is. */
const forOthers = {pattern: left, runlevel: left, arguments: left, args: left, sleep: left}

const schema = z
  .strictObject({
    name: word.describe('The service.'),
    state: z
      .enum(['started', 'stopped', 'restarted', 'reloaded'])
      .optional()
      .describe('What it is to be; restarted and reloaded happen each time.'),
    enabled: bool.optional().describe('Whether it starts with the host.'),
    masked: bool.optional().describe('Whether it can be started at all.'),
    daemon_reload: bool.default(false).describe('Lets systemd read unit files anew first, when some have changed.'),
    ...forOthers,
  })
  .refine(oneOf('state', 'enabled', 'masked', 'daemon_reload'), 'state, enabled or masked is missing')

/** service: starts, stops and enables a service. */
export const service = hostModule<z.infer<typeof schema>, UnitState>({
  name: 'service',
  summary: 'Starts, stops, restarts and enables a service (of systemd).',
  topic: 'services',
  example: {name: 'Web server runs, now and at each start', service: {name: 'nginx', state: 'started', enabled: true}},
  schema,
  refused: {
    use: 'leave it out: systemd is used',
  },
  probe: askUnit,
  parse: readUnit,
  plan: unitChanges,
  apply: applyUnit,
  result: (state, wanted) => ({
    name: wanted.name,
    state: state.active === 'active' ? 'started' : 'stopped',
    enabled: state.file,
  }),
})
