import {z} from 'zod'
import {hostModule} from '../module.ts'
import {bool, oneOf, word} from './arguments.ts'
import {applyUnit, askUnit, readUnit, type UnitState, unitChanges} from './units.ts'

const schema = z
  .strictObject({
    name: word.describe('The service.'),
    state: z
      .enum(['started', 'stopped', 'restarted', 'reloaded'])
      .optional()
      .describe('What it is to be; restarted and reloaded happen each time.'),
    enabled: bool.optional().describe('Whether it starts with the host.'),
  })
  .refine(oneOf('state', 'enabled'), 'state or enabled is missing')

/** service: starts, stops and enables a service. */
export const service = hostModule<z.infer<typeof schema>, UnitState>({
  name: 'service',
  summary: 'Starts, stops, restarts and enables a service (of systemd).',
  topic: 'services',
  example: {name: 'Web server runs, now and at each start', service: {name: 'nginx', state: 'started', enabled: true}},
  schema,
  refused: {
    pattern: 'leave it out: systemd knows what runs',
    runlevel: 'leave it out: use enabled',
    arguments: 'use a unit of systemd',
    sleep: 'use pause between two tasks',
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
