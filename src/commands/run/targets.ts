import {userInfo} from 'node:os'
import type {Value} from '../../module.ts'
import type {Host} from '../../play.ts'
import type {SandboxHost} from '../../sandbox/sandbox.ts'
import type {Variables} from '../../template/variables.ts'
import {fromSettings, jumpHops} from '../../transport/jumps.ts'
import type {SshConfig} from '../../transport/ssh-config.ts'
import type {HostKeyPolicy, Target} from '../../transport/transport.ts'
import {connectionVariables, portOf, type ReadText, wrong} from './connection-variables.ts'
import type {RunFlags} from './flags.ts'
import {sshWords} from './ssh-words.ts'

/** What is known of how to connect besides the inventory. */
export type Access = {
  readonly flags: RunFlags
  readonly password: string | undefined
  readonly becomePassword: string | undefined
  /** Passphrases by key file; grows when they are asked for. */
  readonly passphrases: ReadonlyMap<string, string>
  readonly ssh: SshConfig
  readonly sandbox: ReadonlyMap<string, SandboxHost>
}

/** Where a host is and how to get in, by Ansible's connection variables and OpenSSH's configuration. Throws ConfigError and UsageError. */
export function targetOf(host: Host, variables: Variables, access: Access): Target {
  const {flags, sandbox, ssh} = access
  const text = connectionVariables(host, variables)
  const connection = connectionOf(host, text('ansible_connection') ?? 'ssh')
  const port = text('ansible_port', 'ansible_ssh_port')
  const becomePassword = text('ansible_become_password', 'ansible_become_pass') ?? access.becomePassword
  const words = sshWords(host, variables, access)
  const settings = words && ssh.settings(words)
  const policy = policyOf(text, flags)
  const common = {
    host: host.name,
    hostKeys: policy ?? 'strict',
    policyGiven: policy !== undefined,
    connectTimeout:
      Number(text('ansible_ssh_timeout', 'ansible_timeout') ?? flags.timeout) || settings?.connectTimeout || 10,
    passphrases: access.passphrases,
  }
  return {
    ...fromSettings(settings, common),
    host: host.name,
    connection,
    address: settings?.hostName ?? text('ansible_host', 'ansible_ssh_host') ?? host.name,
    port: port === undefined ? (settings?.port ?? 22) : portOf(host, port),
    user: text('ansible_user', 'ansible_ssh_user') ?? flags.user ?? settings?.user ?? userInfo().username,
    connectTimeout: common.connectTimeout,
    become: isTrue(variables.get('ansible_become')),
    keyFile: text('ansible_ssh_private_key_file', 'ansible_private_key_file') ?? flags.privateKey,
    password: text('ansible_password', 'ansible_ssh_pass', 'ansible_ssh_password') ?? access.password,
    jumps: jumpHops(settings?.proxyJump, ssh, common),
    ...(becomePassword === undefined ? {} : {becomePassword}),
    ...sandboxWay(sandbox.get(host.name)),
  }
}

/** Only its own key is offered to a throwaway host, and only its own known_hosts believed. */
function sandboxWay(box: SandboxHost | undefined) {
  if (!box) return {}
  const {address, port, user, keyFile, knownHostsFile} = box
  return {address, port, user, keyFile, identitiesOnly: true, knownHostsFiles: [knownHostsFile]}
}

/** What the command line or the inventory say about host keys; undefined where they say nothing. */
function policyOf(text: ReadText, flags: RunFlags): HostKeyPolicy | undefined {
  const checking = text('ansible_ssh_host_key_checking', 'ansible_host_key_checking')
  return flags.hostKeys ?? (checking === undefined ? undefined : isTrue(checking) ? 'strict' : 'off')
}

const connections = {ssh: 'ssh', smart: 'ssh', paramiko: 'ssh', local: 'local', sandbox: 'ssh'} as const

function connectionOf(host: Host, word: string): Target['connection'] {
  const known = Object.entries(connections).find(([name]) => name === word.replace(/^ansible\.builtin\./, ''))
  if (known) return known[1]
  throw wrong(host, `${host.name}: unknown ansible_connection "${word}"`, 'ssh, local or sandbox')
}

function isTrue(value: Value | undefined): boolean {
  return value === true || (typeof value === 'string' && /^(true|yes|on|1)$/i.test(value))
}
