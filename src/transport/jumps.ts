import {userInfo} from 'node:os'
import {UsageError} from '../errors.ts'
import {type JumpWord, parseJumps} from './jump-words.ts'
import type {SshConfig} from './ssh-config.ts'
import type {SshSettings} from './ssh-settings.ts'
import type {Hop} from './transport.ts'

/** What jump hosts have in common with the host that they lead to. */
export type Common = Pick<Hop, 'host' | 'hostKeys' | 'connectTimeout' | 'passphrases'> & {
  /** The command line names a policy for host keys; it stands above any configuration. */
  readonly policyGiven: boolean
}

/** What a hop takes from OpenSSH's configuration, whatever else is known of it. */
export function fromSettings(settings: SshSettings | undefined, common: Common) {
  return {
    identityFiles: settings?.identityFiles,
    identitiesOnly: settings?.identitiesOnly,
    agent: settings?.identityAgent,
    knownHostsFiles: settings?.knownHostsFiles,
    hostKeyAlias: settings?.hostKeyAlias,
    hostKeys: common.policyGiven ? common.hostKeys : (settings?.hostKeys ?? common.hostKeys),
    proxyCommand: settings?.proxyCommand,
    passphrases: common.passphrases,
  }
}

/** The jump hosts of a ProxyJump, nearest first; the nearest may have jump hosts of its own. Throws UsageError. */
export function jumpHops(
  value: string | undefined,
  config: SshConfig,
  common: Common,
  seen: readonly string[] = [],
): readonly Hop[] {
  return parseJumps(value).flatMap((jump, index) => {
    if (seen.includes(jump.name)) throw circle(common.host, [...seen, jump.name])
    const settings = config.settings(jump.words)
    const hop = hopOf(jump, settings, common)
    // The way to all but the nearest is the one before it, whatever else is configured for them.
    if (index > 0) return [{...hop, proxyCommand: undefined}]
    return [...jumpHops(settings?.proxyJump, config, common, [...seen, jump.name]), hop]
  })
}

function hopOf({name, user, port}: JumpWord, settings: SshSettings | undefined, common: Common): Hop {
  return {
    ...fromSettings(settings, common),
    host: common.host,
    jump: name,
    address: settings?.hostName ?? name,
    port: settings?.port ?? port ?? 22,
    user: settings?.user ?? user ?? userInfo().username,
    connectTimeout: settings?.connectTimeout ?? common.connectTimeout,
  }
}

function circle(host: string, names: readonly string[]): UsageError {
  return new UsageError(
    `the jump hosts of ${host} go in a circle: ${names.join(', ')}`,
    'set ProxyJump none for one of them in ~/.ssh/config',
  )
}
