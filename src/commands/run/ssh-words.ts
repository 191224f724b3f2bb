import type {Host} from '../../play.ts'
import type {Variables} from '../../template/variables.ts'
import {splitWords} from '../../transport/split-words.ts'
import {connectionVariables, portOf} from './connection-variables.ts'
import type {Access} from './targets.ts'

/**
 * The words with which Ansible would call ssh for a host, the host last: what the inventory and the command line say wins
 * over OpenSSH's configuration. Undefined for a host that is not reached by ssh as the user knows it. Throws ConfigError.
 */
export function sshWords(host: Host, variables: Variables, {flags, sandbox}: Access): readonly string[] | undefined {
  const text = connectionVariables(host, variables)
  if (sandbox.has(host.name) || text('ansible_connection')?.endsWith('local')) return undefined
  const options = ['ansible_ssh_args', 'ansible_ssh_common_args', 'ansible_ssh_extra_args'].map(
    name => text(name) ?? '',
  )
  const port = text('ansible_port', 'ansible_ssh_port')
  const user = text('ansible_user', 'ansible_ssh_user') ?? flags.user
  return [
    ...splitWords(options.join(' ')),
    ...(port === undefined ? [] : ['-p', String(portOf(host, port))]),
    ...(user === undefined ? [] : ['-l', user]),
    text('ansible_host', 'ansible_ssh_host') ?? host.name,
  ]
}
