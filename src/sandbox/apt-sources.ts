import {UsageError} from '../errors.ts'
import type {Release} from './host-record.ts'
import {run} from './local-command.ts'

/** Where this machine gets Debian from. */
export type Mirrors = {readonly debian: string; readonly security: string | undefined}

/** The mirrors in this machine's own apt configuration; throws UsageError when it has none. */
export async function findMirrors(): Promise<Mirrors> {
  const mirrors = parseMirrors(await indexTargets())
  if (mirrors) return mirrors
  await run`apt-get update -qq`
  const found = parseMirrors(await indexTargets())
  if (found) return found
  throw new UsageError("This machine's apt knows no Debian archive", 'Add one to /etc/apt/sources.list.d')
}

/** The mirrors in lines of label, bar and address, as `apt-get indextargets` prints them. */
export function parseMirrors(lines: string): Mirrors | undefined {
  const entries = lines.split('\n').map(line => line.split('|'))
  const address = (label: string) => entries.find(([found]) => found === label)?.[1]
  const debian = address('Debian')
  return debian === undefined ? undefined : {debian, security: address('Debian-Security')}
}

/** A deb822 file of apt sources for a release. */
export function aptSources(mirrors: Mirrors, release: Release): string {
  const stanzas = [stanza(mirrors.debian, [release, `${release}-updates`])]
  if (mirrors.security !== undefined) stanzas.push(stanza(mirrors.security, [`${release}-security`]))
  return stanzas.join('\n')
}

/** Settings of this machine's apt that the hosts need too: the way to the mirrors, and whether old lists are accepted. */
export async function aptSettings(): Promise<string> {
  const settings = await run`apt-config dump`
  const wanted = /^Acquire::(https?::proxy|check-valid-until|check-date)\b/i
  return settings
    .split('\n')
    .filter(line => wanted.test(line))
    .map(line => `${line}\n`)
    .join('')
}

function indexTargets(): Promise<string> {
  return run`apt-get indextargets --format '$(LABEL)|$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian'`
}

function stanza(address: string, suites: readonly string[]): string {
  return [
    'Types: deb',
    `URIs: ${address}`,
    `Suites: ${suites.join(' ')}`,
    'Components: main',
    'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg',
    '',
  ].join('\n')
}
