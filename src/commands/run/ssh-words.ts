import type {Host} from '../../play.ts'
import {splitWords} from '../../shell/words.ts'
import type {Variables} from '../../template/variables.ts'
import {connectionVariables, portOf, type ReadText, wrong} from './connection-variables.ts'
import type {Access} from './targets.ts'

/**
 * The words with which Ansible would call ssh for a host, the host last: what the inventory and the command line say wins
 * over OpenSSH's configuration. Undefined for a host that is not reached by ssh as the user knows it. Throws ConfigError.
 */
export function sshWords(host: Host, variables: Variables, {flags, sandbox}: Access): readonly string[] | undefined {
  const text = connectionVariables(host, variables)
  if (sandbox.has(host.name) || text('ansible_connection')?.endsWith('local')) return undefined
  const port = text('ansible_port', 'ansible_ssh_port')
  const user = text('ansible_user', 'ansible_ssh_user') ?? flags.user
  return [
    ...options(host, text),
    ...(port === undefined ? [] : ['-p', String(portOf(host, port))]),
    ...(user === undefined ? [] : ['-l', user]),
    text('ansible_host', 'ansible_ssh_host') ?? host.name,
  ]
}

function options(host: Host, text: ReadText): readonly string[] {
  return ['ansible_ssh_args', 'ansible_ssh_common_args', 'ansible_ssh_extra_args'].flatMap(name => {
    const words = splitWords(text(name) ?? '')
    if (!words) throw wrong(host, `${host.name}: a quote is not closed in ${name}`, 'the same quote again')
    return words
  })
}
