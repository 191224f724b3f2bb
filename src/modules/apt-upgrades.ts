import {z} from 'zod'
import type {Change} from '../module.ts'
import {type Shell, sh} from '../shell/shell.ts'
import {aptGet} from './apt-get.ts'

/** How far all packages are upgraded: not, with what is new, or also with what must go. */
export const upgrade = z.union([
  z.enum(['no', 'yes', 'safe', 'full', 'dist']),
  z.boolean().transform(isWanted => (isWanted ? ('yes' as const) : ('no' as const))),
])

type Upgrade = z.output<typeof upgrade>

/** Asks which packages would be upgraded: `upgrade=NAME` each. */
export function askUpgrades(how: Upgrade): Shell {
  return sh`LC_ALL=C apt-get -s ${optionsOf(how)} ${verbOf(how)} 2>/dev/null | sed -n 's/^Inst \\([^ ]*\\).*/upgrade=\\1/p' | sort`
}

/** At most one change: the packages that are not up to date. */
export function upgradeChange(upgrades: readonly string[]): readonly Change[] {
  return upgrades.length === 0 ? [] : [{what: 'upgrades', before: upgrades, after: []}]
}

/** Upgrades all packages. */
export function applyUpgrades(how: Upgrade): Shell {
  return aptGet(verbOf(how), optionsOf(how), [])
}

function verbOf(how: Upgrade): string {
  return how === 'full' || how === 'dist' ? 'dist-upgrade' : 'upgrade'
}

// As with apt: what an upgrade newly needs is installed.
function optionsOf(how: Upgrade): readonly string[] {
  return verbOf(how) === 'upgrade' ? ['--with-new-pkgs'] : []
}
