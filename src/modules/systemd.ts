import {z} from 'zod'
import {type HostModule, hostModule} from '../module.ts'
import {bool, oneOf, word} from './arguments.ts'
import {applyUnit, askUnit, readUnit, type UnitState, unitChanges} from './units.ts'

const schema = z
  .strictObject({
    name: word.optional().describe('The unit; without an ending it is a service.'),
    unit: word.optional().describe('Another name for name.'),
    service: word.optional().describe('Another name for name.'),
    state: z
      .enum(['started', 'stopped', 'restarted', 'reloaded'])
      .optional()
      .describe('What it is to be; restarted and reloaded happen each time.'),
    enabled: bool.optional().describe('Whether it starts with the host.'),
    masked: bool.optional().describe('Whether it can be started at all.'),
    force: bool.optional().describe('Enabling it replaces links that are in its way.'),
    daemon_reload: bool.default(false).describe('Lets systemd read unit files anew, when some have changed.'),
    daemon_reexec: z
      .literal(false)
      .optional()
      .describe('Taken for playbooks that have it; systemd is never re-executed.'),
  })
  .refine(oneOf('state', 'enabled', 'masked', 'daemon_reload'), 'state, enabled, masked or daemon_reload is missing')
  .refine(
    args =>
      oneOf('name', 'unit', 'service')(args) || (!oneOf('state', 'enabled', 'masked')(args) && args.daemon_reload),
    {
      error: 'name is missing',
      path: ['name'],
    },
  )

type Wanted = z.infer<typeof schema>

/** systemd: manages a unit. */
export const systemd = named('systemd')

/** systemd_service: the newer name of systemd. */
export const systemd_service = named('systemd_service')

function named(name: string): HostModule {
  return hostModule<Wanted, UnitState>({
    name,
    summary: 'Starts, stops, enables and masks units of systemd, and lets it read unit files anew.',
    topic: 'services',
    example: {
      name: 'Backups by timer',
      [name]: {name: 'backup.timer', state: 'started', enabled: true, daemon_reload: true},
    },
    schema,
    probe: wanted => askUnit(unitOf(wanted)),
    parse: readUnit,
    plan: (state, wanted) => unitChanges(state, unitOf(wanted)),
    apply: (change, wanted) => applyUnit(change, unitOf(wanted)),
    result: (state, wanted) => ({
      name: unitOf(wanted).name ?? null,
      status: {LoadState: state.load, ActiveState: state.active, UnitFileState: state.file},
    }),
  })
}

function unitOf(wanted: Wanted) {
  return {...wanted, name: wanted.name ?? wanted.unit ?? wanted.service}
}
