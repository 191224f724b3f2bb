import {z} from 'zod'
import {hostModule} from '../module.ts'
import {sh} from '../shell/shell.ts'
import {fields} from './answer.ts'
import {word} from './arguments.ts'

const schema = z.strictObject({
  name: word.describe('The name of the host.'),
  use: z.literal('systemd').optional().describe('Taken for playbooks that have it.'),
})

/** hostname: sets a host's name, now and for the next start. */
export const hostname = hostModule({
  name: 'hostname',
  summary: "Sets the host's name, now and for the next start.",
  topic: 'system',
  example: {name: 'Name of the host', hostname: {name: '{{ inventory_hostname }}'}},
  schema,
  probe: () => sh`printf 'now=%s\nstored=%s\n' "$(uname -n)" "$(cat /etc/hostname 2>/dev/null)"`,
  parse: answer => ({now: fields(answer).now ?? '', stored: fields(answer).stored ?? ''}),
  plan: ({now, stored}, {name}) =>
    now === name && stored === name ? [] : [{what: 'hostname', before: now, after: name}],
  apply: (
    _,
    {name},
  ) => sh`if [ -d /run/systemd/system ] && command -v hostnamectl >/dev/null; then hostnamectl set-hostname ${name}
else printf '%s\n' ${name} >/etc/hostname && hostname ${name}; fi`,
  result: state => ({name: state.now}),
})
