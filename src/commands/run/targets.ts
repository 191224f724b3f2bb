import {userInfo} from 'node:os'
import {ConfigError} from '../../errors.ts'
import type {Host, Value} from '../../module.ts'
import type {SandboxHost} from '../../sandbox/sandbox.ts'
import type {Variables} from '../../template/variables.ts'
import type {Target} from '../../transport/transport.ts'
import type {RunFlags} from './flags.ts'

/** What is known of how to connect besides the inventory. */
export type Access = {
  readonly flags: RunFlags
  readonly becomePassword: string | undefined
  readonly sandbox: ReadonlyMap<string, SandboxHost>
}

/** Where a host is and how to get in, by Ansible's connection variables. Throws ConfigError. */
export function targetOf(host: Host, variables: Variables, access: Access): Target {
  const {flags, sandbox} = access
  const text = (...names: readonly string[]) =>
    names
      .map(name => variables.get(name))
      .find(isSet)
      ?.toString()
  const box = sandbox.get(host.name)
  const keyFile = box?.keyFile ?? text('ansible_ssh_private_key_file', 'ansible_private_key_file') ?? flags.privateKey
  const password = text('ansible_password', 'ansible_ssh_pass', 'ansible_ssh_password')
  const becomePassword = text('ansible_become_password', 'ansible_become_pass') ?? access.becomePassword
  return {
    host: host.name,
    connection: connectionOf(host, text('ansible_connection') ?? 'ssh'),
    address: box?.address ?? text('ansible_host', 'ansible_ssh_host') ?? host.name,
    port: Number(box?.port ?? text('ansible_port', 'ansible_ssh_port') ?? 22),
    user: box?.user ?? text('ansible_user', 'ansible_ssh_user') ?? flags.user ?? userInfo().username,
    hostKeys: flags.hostKeys,
    connectTimeout: flags.timeout,
    become: isTrue(variables.get('ansible_become')),
    ...(keyFile === undefined ? {} : {keyFile}),
    ...(password === undefined ? {} : {password}),
    ...(becomePassword === undefined ? {} : {becomePassword}),
    ...(box ? {knownHostsFile: box.knownHostsFile} : {}),
  }
}

const connections = {ssh: 'ssh', smart: 'ssh', paramiko: 'ssh', local: 'local', sandbox: 'ssh'} as const

function connectionOf(host: Host, word: string): Target['connection'] {
  const known = Object.entries(connections).find(([name]) => name === word.replace(/^ansible\.builtin\./, ''))
  if (known) return known[1]
  const source = {file: String(host.vars.inventory_file ?? 'inventory'), line: 1, column: 1}
  throw new ConfigError([
    {source, message: `${host.name}: unknown ansible_connection "${word}"`, expected: 'ssh, local or sandbox'},
  ])
}

function isSet(value: Value | undefined): value is string | number | boolean {
  return value !== undefined && value !== null && value !== '' && typeof value !== 'object'
}

function isTrue(value: Value | undefined): boolean {
  return value === true || (typeof value === 'string' && /^(true|yes|on|1)$/i.test(value))
}
