import {resolve} from 'node:path'
import {UsageError} from '../../errors.ts'
import type {Watched} from '../../watch/place.ts'
import type {DriftFlags} from './drift.ts'

/** The words of the command line that a schedule keeps, with whole paths. Throws UsageError when one asks for a password, or may hold a secret. */
export function keptWords({inventories, playbook}: Watched, flags: DriftFlags): readonly string[] {
  const asking = [flags.askPass && '-k', flags.askBecomePass && '-K', flags.askVaultPass && '-J'].filter(Boolean)
  if (asking.length > 0)
    throw new UsageError(`${asking.join(' and ')} cannot be kept in a schedule: there is nobody to answer`, kept)
  return [
    playbook,
    ...inventories.flatMap(one => ['-i', one]),
    ...word('--limit', flags.limit),
    ...(flags.extraVars ?? []).flatMap(one => ['-e', variablesFile(one)]),
    ...(flags.become ? ['--become'] : []),
    ...word('--user', flags.user),
    ...word('--private-key', whole(flags.privateKey)),
    ...word('--forks', String(flags.forks)),
    ...word('--timeout', flags.timeout === undefined ? undefined : String(flags.timeout)),
    ...word('--identity', whole(flags.identity)),
    ...word('--host-keys', flags.hostKeys),
    ...(flags.vaultPasswordFile ?? []).flatMap(file => ['--vault-password-file', resolve(file)]),
    ...(flags.vaultId ?? []).flatMap(id => ['--vault-id', vaultId(id)]),
    '--scheduled',
  ]
}

/** What of the environment a schedule keeps: names of files and folders, never a secret. */
export function keptEnvironment(): {readonly [name: string]: string} {
  return Object.fromEntries(
    names.flatMap(name => (process.env[name] === undefined ? [] : [[name, process.env[name] ?? '']])),
  )
}

const names = [
  'HOME',
  'PATH',
  'XDG_STATE_HOME',
  'XDG_CONFIG_HOME',
  'PROVISION_AGE_IDENTITY',
  'PROVISION_SECRETS_PASSPHRASE_FILE',
  'ANSIBLE_VAULT_PASSWORD_FILE',
  'NODE_EXTRA_CA_CERTS',
]

const kept = 'Keep it sealed (provision secrets set), or name a file that holds it.'

function variablesFile(given: string): string {
  if (given.startsWith('@')) return `@${resolve(given.slice(1))}`
  throw new UsageError(
    '-e with a value cannot be kept in a schedule: everybody on this machine could read it',
    'Put it into a file: -e @FILE.',
  )
}

function vaultId(id: string): string {
  const at = id.indexOf('@')
  const [label, source] = at < 0 ? ['', id] : [id.slice(0, at + 1), id.slice(at + 1)]
  if (source === 'prompt') throw new UsageError('--vault-id …@prompt cannot be kept in a schedule', kept)
  return `${label}${resolve(source)}`
}

function whole(path: string | undefined): string | undefined {
  return path === undefined ? undefined : resolve(path)
}

function word(flag: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [flag, value]
}
