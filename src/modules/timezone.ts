import {z} from 'zod'
import {hostModule} from '../module.ts'
import {sh} from '../shell/shell.ts'

const schema = z.strictObject({
  name: z
    .string()
    .regex(/^[\w+-]+(\/[\w+-]+)*$/, 'must be a name such as Europe/Berlin')
    .describe('The time zone, such as Europe/Berlin.'),
})

/** timezone: sets a host's time zone. */
export const timezone = hostModule({
  name: 'timezone',
  summary: "Sets the host's time zone.",
  topic: 'system',
  example: {name: 'Time zone', timezone: {name: 'Europe/Berlin'}},
  schema,
  refused: {
    hwclock: 'use command with timedatectl set-local-rtc, and changed_when',
    rtc: 'use command with timedatectl set-local-rtc, and changed_when',
  },
  probe: () => sh`readlink /etc/localtime 2>/dev/null`,
  // Without the link the clock is in UTC.
  parse: answer => ({name: answer === '' ? 'UTC' : answer.replace(/^.*zoneinfo\//, '')}),
  plan: (state, {name}) => (state.name === name ? [] : [{what: 'time zone', before: state.name, after: name}]),
  apply: (
    _,
    {name},
  ) => sh`[ -f /usr/share/zoneinfo/${name} ] || { printf '%s\n' ${`There is no time zone ${name} on this host`} >&2; exit 1; }
ln -sfn -- /usr/share/zoneinfo/${name} /etc/localtime.new && mv -fT -- /etc/localtime.new /etc/localtime || exit 1
if [ -e /etc/timezone ]; then printf '%s\n' ${name} >/etc/timezone; fi`,
})
