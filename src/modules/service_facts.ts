import {z} from 'zod'
import {hostModule, type Values} from '../module.ts'
import {sh} from '../shell/shell.ts'
import {all} from './answer.ts'

const schema = z.strictObject({})

/** service_facts: which services there are, and in which state. */
export const service_facts = hostModule<z.infer<typeof schema>, Values>({
  name: 'service_facts',
  summary: "Sets the fact services: each of systemd's services by its name, with state and status.",
  topic: 'services',
  example: {name: 'Services of this host', service_facts: {}},
  schema,
  facts: true,
  defines: () => ['services'],
  probe:
    () => sh`LC_ALL=C systemctl list-units --no-pager --plain --no-legend --full --type service --all | awk '{print "unit=" $1, $2, $3, $4}'
LC_ALL=C systemctl list-unit-files --no-pager --no-legend --full --type service | awk '{print "file=" $1, $2}'`,
  parse: readServices,
  plan: () => [],
  apply: () => sh`:`,
  result: services => ({ansible_facts: {services}}),
})

const bad = ['not-found', 'masked', 'failed']

/** Status is that of the unit file, save where the unit cannot run; as with Ansible a file without a unit has systemd's word for its state. */
function readServices(answer: string): Values {
  const files = all(answer, 'file').map(row => row.split(' '))
  const statuses = new Map(files.map(([name = '', status = '']) => [name, status]))
  const units = all(answer, 'unit').map(row => {
    const [name = '', load = '', active = '', sub = ''] = row.split(' ')
    const wrong = bad.find(word => [load, active, sub].includes(word))
    const status = wrong ?? statuses.get(name) ?? active
    return [name, {name, state: sub === 'running' ? 'running' : 'stopped', status, source: 'systemd'}] as const
  })
  const others = files.map(([name = '', status = '']) => {
    return [name, {name, state: 'inactive', status, source: 'systemd'}] as const
  })
  return Object.fromEntries([...others, ...units])
}
