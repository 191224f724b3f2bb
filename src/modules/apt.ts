import {z} from 'zod'
import {type Change, hostModule} from '../module.ts'
import {allOf, raw, type Shell, sh} from '../shell/shell.ts'
import {all} from './answer.ts'
import {aptGet, aptUpdate} from './apt-get.ts'
import {applyUpgrades, askUpgrades, upgrade, upgradeChange} from './apt-upgrades.ts'
import {bool, count, oneOf, path, word, words} from './arguments.ts'
import {askPackages, isInstalled, type Packages, readPackages, wrongPackages} from './packages.ts'

const fields = {
  name: words.optional().describe('Packages; `name=version` asks for a version (with * as wildcard).'),
  package: words.optional().describe('Another name for name.'),
  pkg: words.optional().describe('Another name for name.'),
  deb: path.optional().describe('A .deb file on the host to install.'),
  state: z
    .enum(['present', 'absent', 'latest'])
    .default('present')
    .describe('Whether the packages are to be there; latest also upgrades them.'),
  update_cache: bool.default(false).describe('Brings the package lists up to date before anything is installed.'),
  cache_valid_time: count
    .default(0)
    .describe('Seconds for which package lists count as up to date; with latest, 0 stands for an hour.'),
  install_recommends: bool
    .optional()
    .describe('Whether recommended packages come along; by default as apt is configured.'),
  purge: bool.default(false).describe('With absent: removes configuration files, too.'),
  autoremove: bool.default(false).describe('Removes packages that nothing needs any more.'),
  autoclean: bool.default(false).describe('Removes downloaded packages that can no longer be downloaded.'),
  only_upgrade: bool.default(false).describe('Leaves out packages that are not installed.'),
  force_apt_get: bool.optional().describe('Taken for playbooks that have it; apt-get is always used.'),
  upgrade: upgrade.default('no').describe('Upgrades all packages; full and dist also remove some where that must be.'),
  default_release: word.optional().describe('The release that packages come from, such as trixie-backports.'),
  allow_downgrade: bool.default(false).describe('Installs older versions in place of newer ones.'),
  allow_change_held_packages: bool.default(false).describe('Changes packages that are on hold, too.'),
}

const isSomething = oneOf('name', 'package', 'pkg', 'deb', 'update_cache', 'autoremove', 'autoclean', 'upgrade')

const aptArguments = z.strictObject(fields).refine(isSomething, 'name is missing')

/** The arguments of `package`: those of apt, and by which package manager. */
export const packageArguments = z
  .strictObject({
    ...fields,
    state: z
      .enum(['present', 'installed', 'absent', 'removed', 'latest'])
      .default('present')
      .transform(state => (state === 'installed' ? 'present' : state === 'removed' ? 'absent' : state))
      .describe('Whether the packages are to be there; latest also upgrades them.'),
    use: z.enum(['auto', 'apt']).default('auto').describe('The package manager; apt is the one there is.'),
  })
  .refine(isSomething, 'name is missing')

type Wanted = z.infer<typeof aptArguments>
type State = Packages & {
  readonly fresh: boolean
  readonly unneeded: readonly string[]
  readonly outdated: readonly string[]
  readonly upgrades: readonly string[]
}

/** The five words that apt and package share. */
export const packaging = {
  probe: (wanted: Wanted) => sh`${raw(askPackages(namesOf(wanted), wanted.state, wanted.deb))}
${raw(wanted.update_cache ? askCache(wanted) : sh``)}
${raw(wanted.autoremove ? sh`LC_ALL=C apt-get -s autoremove 2>/dev/null | awk '/^Remv/ {print "unneeded=" $2}'` : sh``)}
${raw(wanted.autoclean ? sh`LC_ALL=C apt-get -s autoclean 2>/dev/null | awk '/^Del/ {print "outdated=" $2}'` : sh``)}
${raw(wanted.upgrade === 'no' ? sh`` : askUpgrades(wanted.upgrade))}`,
  parse: (answer: string): State => ({
    ...readPackages(answer),
    fresh: all(answer, 'cache')[0] === 'fresh',
    unneeded: all(answer, 'unneeded'),
    outdated: all(answer, 'outdated'),
    upgrades: all(answer, 'upgrade'),
  }),
  plan(state: State, wanted: Wanted): readonly Change[] {
    const names = namesOf(wanted).filter(name => !wanted.only_upgrade || isInstalled(state, name))
    const wrong = wrongPackages(state, names, wanted)
    const packages: readonly Change[] = wrong ? [{what: 'packages', ...wrong}] : []
    const unneeded: readonly Change[] =
      state.unneeded.length === 0 ? [] : [{what: 'unneeded packages', before: state.unneeded, after: []}]
    const outdated: readonly Change[] =
      state.outdated.length === 0 ? [] : [{what: 'downloaded packages', before: state.outdated, after: []}]
    return [...cacheChange(state, wanted), ...packages, ...upgradeChange(state.upgrades), ...unneeded, ...outdated]
  },
  apply(change: Change, wanted: Wanted) {
    if (change.what === 'package cache') return refresh(wanted)
    if (change.what === 'upgrades') return applyUpgrades(wanted.upgrade)
    if (change.what === 'unneeded packages') return aptGet('autoremove', wanted.purge ? ['--purge'] : [], [])
    if (change.what === 'downloaded packages') return aptGet('autoclean', [], [])
    if (wanted.state === 'absent') return aptGet(wanted.purge ? 'purge' : 'remove', [], namesOf(wanted))
    return wanted.update_cache ? allOf(aptUpdate, install(wanted)) : install(wanted)
  },
  result: (state: State) => ({packages: state.installed}),
}

/** apt: installs, upgrades and removes Debian packages, all names in one call. */
export const apt = hostModule<Wanted, State>({
  name: 'apt',
  summary: 'Installs, upgrades and removes Debian packages.',
  topic: 'packages',
  example: {name: 'Web server and its tools', apt: {name: ['nginx', 'curl'], state: 'present', update_cache: true}},
  schema: aptArguments,
  aliases: {
    'update-cache': 'update_cache',
    'install-recommends': 'install_recommends',
    'default-release': 'default_release',
    'allow-downgrade': 'allow_downgrade',
    allow_downgrades: 'allow_downgrade',
    'allow-downgrades': 'allow_downgrade',
  },
  refused: {
    dpkg_options: 'leave it out: changed configuration files stay as they are',
    policy_rc_d: 'use copy for /usr/sbin/policy-rc.d before, and file with state: absent after',
    lock_timeout: 'leave it out: another apt-get is waited for, 300 seconds',
    force: 'use command with apt-get',
    clean: 'use command with apt-get clean, and changed_when: false',
    allow_unauthenticated: 'use deb822_repository with signed_by',
    fail_on_autoremove: 'leave it out: nothing is removed unless autoremove is set',
    update_cache_retries: 'use until and retries',
    update_cache_retry_max_delay: 'use until and retries',
  },
  ...packaging,
})

// Lists are brought up to date when that is asked for alone, and for `latest`, which cannot be judged by old ones.
// Before an installation it is part of that step.
function cacheChange(state: State, wanted: Wanted): readonly Change[] {
  const alone = namesOf(wanted).length === 0 && wanted.deb === undefined
  if (!wanted.update_cache || state.fresh || !(alone || wanted.state === 'latest')) return []
  const change = {what: 'package cache', before: 'stale', after: 'fresh'}
  return [maximumAge(wanted) === 0 ? {...change, unseen: true} : change]
}

// What fresh lists show to be old is part of the same step.
function refresh(wanted: Wanted): Shell {
  const steps = [
    ...(wanted.state === 'latest' ? [install(wanted)] : []),
    ...(wanted.upgrade === 'no' ? [] : [applyUpgrades(wanted.upgrade)]),
  ]
  return steps.length === 0 ? aptUpdate : allOf(aptUpdate, ...steps)
}

function install(wanted: Wanted): Shell {
  const recommends =
    wanted.install_recommends === undefined ? [] : ['-o', `APT::Install-Recommends=${wanted.install_recommends}`]
  const deb = wanted.deb === undefined ? [] : [wanted.deb]
  const options = [
    ...recommends,
    ...(wanted.default_release === undefined ? [] : ['-t', wanted.default_release]),
    ...(wanted.only_upgrade ? ['--only-upgrade'] : []),
    ...(wanted.allow_downgrade ? ['--allow-downgrades'] : []),
    ...(wanted.allow_change_held_packages ? ['--allow-change-held-packages'] : []),
  ]
  return aptGet('install', options, [...namesOf(wanted), ...deb])
}

// Sources newer than the lists make the lists stale at any age.
function askCache(wanted: Wanted): Shell {
  const minutes = `-${Math.ceil(maximumAge(wanted) / 60)}`
  return sh`if [ -n "$(find /var/lib/apt/lists -maxdepth 0 -mmin ${minutes} 2>/dev/null)" ] && [ -z "$(find /etc/apt/sources.list /etc/apt/sources.list.d -newer /var/lib/apt/lists 2>/dev/null)" ]; then echo cache=fresh; else echo cache=stale; fi`
}

function maximumAge(wanted: Wanted): number {
  return wanted.state === 'latest' && wanted.cache_valid_time === 0 ? 3600 : wanted.cache_valid_time
}

function namesOf(wanted: Wanted): readonly string[] {
  return wanted.name ?? wanted.package ?? wanted.pkg ?? []
}
