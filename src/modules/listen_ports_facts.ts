import {z} from 'zod'
import {hostModule, type Value} from '../module.ts'
import {sh} from '../shell/shell.ts'
import {rows} from './answer.ts'

const schema = z.strictObject({
  command: z.literal('ss').optional().describe('Taken for playbooks that have it.'),
  include_non_listening: z.literal(false).optional().describe('Taken for playbooks that have it.'),
})

type Port = {readonly protocol: string; readonly address: string; readonly port: number; readonly name: string}

/** listen_ports_facts: which ports are listened on. */
export const listen_ports_facts = hostModule<z.infer<typeof schema>, readonly Port[]>({
  name: 'listen_ports_facts',
  summary: 'Sets the facts tcp_listen and udp_listen: which addresses and ports are listened on, and by whom.',
  topic: 'services',
  example: {name: 'What listens on this host', listen_ports_facts: {}},
  schema,
  facts: true,
  defines: () => ['tcp_listen', 'udp_listen'],
  // Process numbers are left out: they change when a service is restarted, which nobody asked.
  probe: () =>
    sh`if command -v ss >/dev/null; then ss -H -ltunp | sed -e 's/,pid=[0-9]*//g' -e 's/,fd=[0-9]*//g' | awk '{print $1, $5, $7}' | sort -u; fi`,
  parse: answer => rows(answer).map(readPort),
  plan: () => [],
  apply: () => sh`:`,
  result: ports => ({ansible_facts: {tcp_listen: of(ports, 'tcp'), udp_listen: of(ports, 'udp')}}),
})

function readPort(row: string): Port {
  const [protocol = '', local = '', users = ''] = row.split(' ')
  const [, address = '', port = ''] = /^(.*):(\d+)$/.exec(local) ?? []
  const name = /\("([^"]*)"/.exec(users)?.[1] ?? ''
  return {
    protocol,
    address: address
      .replace(/^\[|\]$/g, '')
      .replace(/%.*$/, '')
      .replace(/^\*$/, '::'),
    port: Number(port),
    name,
  }
}

function of(ports: readonly Port[], protocol: string): Value {
  return ports.filter(port => port.protocol === protocol)
}
