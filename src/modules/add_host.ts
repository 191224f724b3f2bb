import {z} from 'zod'
import {controllerModule, type Values} from '../module.ts'
import {word, words} from './arguments.ts'

const schema = z
  .object({
    name: word.optional().describe('The host: a name or an address, with its port if that is not 22 (HOST:PORT).'),
    hostname: word.optional().describe('Another name for name.'),
    host: word.optional().describe('Another name for name.'),
    groups: words.optional().describe('The groups that it goes into; new ones are made.'),
    group: words.optional().describe('Another name for groups.'),
    groupname: words.optional().describe('Another name for groups.'),
  })
  .catchall(z.json())
  .refine(({name, hostname, host}) => (name ?? hostname ?? host) !== undefined, 'name is missing')

/** add_host: adds a host to the inventory of this run. */
export const add_host = controllerModule({
  name: 'add_host',
  summary: 'Adds a host to the inventory of this run, with all other arguments as its variables; once for all hosts.',
  topic: 'control',
  example: {name: 'The new machine', add_host: {name: 'web9', groups: 'web', ansible_host: '192.0.2.9'}},
  schema,
  once: true,
  grows: true,
  async run({name, hostname, host, groups, group, groupname, ...others}) {
    const said = name ?? hostname ?? host ?? ''
    const [, address = said, port] = /^([^:]+|\[.+\]):(\d+)$/.exec(said) ?? []
    const vars: Values = {...others, ...(port === undefined ? {} : {ansible_ssh_port: Number(port)})}
    const into = groups ?? group ?? groupname ?? []
    const plain = address.replace(/^\[(.*)\]$/, '$1')
    return {
      changed: false,
      adds: [{kind: 'host', name: plain, groups: into, vars}],
      result: {add_host: {host_name: plain, groups: into, host_vars: vars}},
    }
  },
})
