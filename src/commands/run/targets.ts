import {userInfo} from 'node:os'
import {ConfigError} from '../../errors.ts'
import {placeOfHost} from '../../inventory/host-place.ts'
import type {Value} from '../../module.ts'
import type {Host} from '../../play.ts'
import type {SandboxHost} from '../../sandbox/sandbox.ts'
import {TemplateError} from '../../template/template-error.ts'
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
      .map(name => rendered(host, name, variables))
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
    port: portOf(host, box?.port.toString() ?? text('ansible_port', 'ansible_ssh_port') ?? '22'),
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
  throw wrong(host, `${host.name}: unknown ansible_connection "${word}"`, 'ssh, local or sandbox')
}

function portOf(host: Host, text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw wrong(host, `${host.name}: ansible_port cannot be "${text}"`, 'a whole number from 1 to 65535')
}

/** The variable's value; what it is made of must be known before the host is. */
function rendered(host: Host, name: string, variables: Variables): Value | undefined {
  try {
    return variables.get(name)
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    throw wrong(host, `${host.name}: ${error.message}`, undefined, error.suggestion)
  }
}

function wrong(host: Host, message: string, expected: string | undefined, suggestion?: string): ConfigError {
  const source = placeOfHost(host)
  return new ConfigError([{source, message, ...(expected && {expected}), ...(suggestion && {suggestion})}])
}

function isSet(value: Value | undefined): value is string | number | boolean {
  return value !== undefined && value !== null && value !== '' && typeof value !== 'object'
}

function isTrue(value: Value | undefined): boolean {
  return value === true || (typeof value === 'string' && /^(true|yes|on|1)$/i.test(value))
}
