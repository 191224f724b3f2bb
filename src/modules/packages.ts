import type {Value} from '../module.ts'
import {raw, type Shell, sh} from '../shell/shell.ts'
import {all} from './answer.ts'

/** What is known of packages: versions by name; `provided` are virtual ones that some installed package stands for. */
export type Packages = {
  readonly installed: {readonly [name: string]: string}
  readonly provided: readonly string[]
  readonly candidates: {readonly [name: string]: string}
}

type Differences = {readonly before: {[name: string]: Value}; readonly after: {[name: string]: Value}}

/** Asks for packages by name (or `name=version`), and for that of a .deb file; with `latest` for what could be had. */
export function askPackages(names: readonly string[], state: string, deb: string | undefined): Shell {
  const bare = names.map(nameOf)
  return sh`if command -v dpkg-query >/dev/null; then :
${raw(bare.length === 0 ? sh`` : askInstalled(bare))}
${raw(deb === undefined ? sh`` : askDeb(deb))}
${raw(state === 'latest' && bare.length > 0 ? askCandidates(bare) : sh``)}
fi`
}

/** Reads what askPackages asked. */
export function readPackages(answer: string): Packages {
  return {
    installed: Object.fromEntries(all(answer, 'installed').map(splitPair)),
    provided: all(answer, 'provided'),
    candidates: Object.fromEntries(all(answer, 'candidate').map(splitPair)),
  }
}

/** The packages that are not as wanted, with their versions before and after; undefined when all are. */
export function wrongPackages(
  packages: Packages,
  names: readonly string[],
  {state, deb}: {readonly state: string; readonly deb?: string | undefined},
): Differences | undefined {
  const wrong = names.filter(name => !isRight(packages, name, state))
  const debs = deb === undefined || packages.provided.includes(deb) ? [] : [deb]
  if (wrong.length + debs.length === 0) return undefined
  return {
    before: Object.fromEntries(
      [...wrong, ...debs].map(name => [nameOf(name), packages.installed[nameOf(name)] ?? 'absent']),
    ),
    after: Object.fromEntries([...wrong, ...debs].map(name => [nameOf(name), goal(packages, name, state)])),
  }
}

/** Whether some version of a package, or of one that stands for it, is installed. */
export function isInstalled({installed, provided}: Packages, name: string): boolean {
  return nameOf(name) in installed || provided.includes(nameOf(name))
}

function askInstalled(names: readonly string[]): Shell {
  return sh`dpkg-query -W -f '\${db:Status-Status} installed=\${Package} \${Version}\n' -- ${names} 2>/dev/null | sed -n 's/^installed //p' | sort -u
dpkg-query -W -f '\${db:Status-Status}|\${Provides}\n' | awk -F '|' -v names=${names.join(' ')} 'BEGIN {n = split(names, w, " ")}
$1 == "installed" && $2 != "" {m = split($2, p, ", *"); for (i = 1; i <= m; i++) {sub(/[ (].*/, "", p[i]); for (j = 1; j <= n; j++) if (p[i] == w[j]) print "provided=" w[j]}}' | sort -u`
}

// A .deb counts as provided when its very version is installed.
function askDeb(deb: string): Shell {
  return sh`if v=$(dpkg-deb -f ${deb} Version 2>/dev/null) && p=$(dpkg-deb -f ${deb} Package) && [ "$(dpkg-query -W -f '\${db:Status-Status} \${Version}' "$p" 2>/dev/null)" = "installed $v" ]; then printf 'provided=%s\n' ${deb}; fi`
}

function askCandidates(names: readonly string[]): Shell {
  return sh`LC_ALL=C apt-cache policy -- ${names} 2>/dev/null | awk '/^[^ ].*:$/ {p = substr($0, 1, length($0) - 1)} $1 == "Candidate:" && $2 != "(none)" {print "candidate=" p " " $2}'`
}

function isRight(packages: Packages, name: string, state: string): boolean {
  const version = packages.installed[nameOf(name)]
  const wantedVersion = versionOf(name)
  if (state === 'absent') return version === undefined
  if (version === undefined) return wantedVersion === undefined && packages.provided.includes(nameOf(name))
  if (wantedVersion !== undefined) return matches(version, wantedVersion)
  return state !== 'latest' || (packages.candidates[name] ?? version) === version
}

function goal(packages: Packages, name: string, state: string): string {
  if (state === 'absent') return 'absent'
  return versionOf(name) ?? (state === 'latest' ? (packages.candidates[name] ?? 'latest') : 'present')
}

function matches(version: string, pattern: string): boolean {
  const parts = pattern.split('*').map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(version)
}

function nameOf(name: string): string {
  return name.split('=')[0] ?? name
}

function versionOf(name: string): string | undefined {
  return name.split('=')[1]
}

function splitPair(pair: string): readonly [string, string] {
  const [name = '', version = ''] = pair.split(' ')
  return [name, version]
}
