import {homedir, userInfo} from 'node:os'
import {join} from 'node:path'
import {fromHome} from '../home-folder.ts'
import type {HostKeyPolicy} from './transport.ts'

/** What OpenSSH's configuration says of a host, in the words that matter here; undefined: it says nothing. */
export type SshSettings = {
  readonly hostName: string
  readonly port: number
  readonly user: string
  readonly identityFiles: readonly string[] | undefined
  readonly identitiesOnly: boolean
  readonly identityAgent: string | undefined
  readonly knownHostsFiles: readonly string[] | undefined
  readonly hostKeyAlias: string | undefined
  readonly hostKeys: HostKeyPolicy | undefined
  /** Seconds. */
  readonly connectTimeout: number | undefined
  readonly proxyJump: string | undefined
  readonly proxyCommand: string | undefined
}

/** Reads what `ssh -G` printed. */
export function parseSettings(text: string): SshSettings {
  const values = (name: string) =>
    text.split('\n').flatMap(line => (line.startsWith(`${name} `) ? [line.slice(name.length + 1).trim()] : []))
  const value = (name: string) => values(name).find(word => word !== 'none')
  const [hostName, user, port] = [value('hostname') ?? '', value('user') ?? '', Number(value('port') ?? 22)]
  const keyAlias = value('hostkeyalias')
  const tokens = {h: hostName, r: user, p: String(port), n: value('host') ?? hostName, k: keyAlias ?? hostName}
  const proxyCommand = value('proxycommand')
  return {
    hostName,
    port,
    user,
    identityFiles: identityFiles(values('identityfile'))?.map(file => path(file, tokens)),
    identitiesOnly: value('identitiesonly') === 'yes',
    identityAgent: agent(values('identityagent')[0], tokens),
    knownHostsFiles: knownHosts(value('userknownhostsfile'), value('globalknownhostsfile'), tokens),
    hostKeyAlias: keyAlias,
    hostKeys: policies[value('stricthostkeychecking') ?? ''],
    connectTimeout: Number(value('connecttimeout')) || undefined,
    proxyJump: value('proxyjump'),
    proxyCommand: proxyCommand && expand(proxyCommand, tokens),
  }
}

/** "ask" is not here: with nobody to ask, it is what is done anyway. */
const policies: {readonly [word: string]: HostKeyPolicy} = {
  true: 'strict',
  yes: 'strict',
  'accept-new': 'accept-new',
  false: 'off',
  no: 'off',
  off: 'off',
}

type Tokens = {readonly [letter: string]: string}

/** Nobody named a key where the list is OpenSSH's own. */
function identityFiles(files: readonly string[]): readonly string[] | undefined {
  const own = ['id_rsa', 'id_ecdsa', 'id_ed25519'].every(name => files.includes(`~/.ssh/${name}`))
  return own ? undefined : files.filter(file => file !== 'none')
}

function agent(word: string | undefined, tokens: Tokens): string | undefined {
  if (word === undefined || word === 'SSH_AUTH_SOCK') return undefined
  if (word === 'none') return ''
  return word.startsWith('$') ? process.env[word.slice(1).replace(/^\{(.*)\}$/, '$1')] : path(word, tokens)
}

/** Nobody named a file where the list is OpenSSH's own, which it finds by the account and not by HOME. */
function knownHosts(
  own: string | undefined,
  everybody: string | undefined,
  tokens: Tokens,
): readonly string[] | undefined {
  const usual = join(userInfo().homedir, '.ssh/known_hosts')
  const files = own === undefined || own === `${usual} ${usual}2` ? usualKnownHosts() : own.split(' ')
  return [...files, ...(everybody?.split(' ') ?? [])].map(file => path(file, tokens))
}

/** The known_hosts files that are a user's own by default; the first is the one that is written. */
export function usualKnownHosts(): readonly string[] {
  return ['known_hosts', 'known_hosts2'].map(name => join(homedir(), '.ssh', name))
}

function path(text: string, tokens: Tokens): string {
  return expand(fromHome(text), {...tokens, d: homedir(), u: userInfo().username})
}

function expand(text: string, tokens: Tokens): string {
  return text.replaceAll(/%([a-zA-Z%])/g, (whole, letter: string) => (letter === '%' ? '%' : (tokens[letter] ?? whole)))
}
