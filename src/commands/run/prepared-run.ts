import {UsageError} from '../../errors.ts'
import {selectHosts} from '../../inventory/select-hosts.ts'
import type {Values} from '../../module.ts'
import type {Inventory} from '../../play.ts'
import {selectTags} from '../../playbook/select-tags.ts'
import type {Keyring} from '../../secrets/keyring.ts'
import {type CheckedPlaybook, checkedPlaybook} from './checked-playbook.ts'
import {extraVars} from './extra-vars.ts'
import {findPlaybook} from './find-files.ts'
import type {RunFlags} from './flags.ts'
import {keyringOf} from './keyring-of.ts'
import {unlockVault} from './vault-passwords.ts'
import {withBecome, withFacts} from './whole-plays.ts'

/** Everything that a run needs, read and checked before the first connection. */
export type PreparedRun = CheckedPlaybook & {
  readonly playbook: string
  readonly extra: Values
  readonly keyring: Keyring
}

/** Reads and checks playbook, inventory and flags. Throws UsageError and ConfigError. */
export async function prepareRun(name: string, flags: RunFlags): Promise<PreparedRun> {
  await unlockVault(flags)
  const file = findPlaybook(name)
  const extra = {...extraVars(flags.extraVars ?? []), ...(flags.rotating && {rotating_secrets: [flags.rotating.name]})}
  const keyring = keyringOf(flags)
  const {plays: loaded, ...checked} = await checkedPlaybook(file, {
    inventories: flags.inventory,
    extra,
    keyring,
    rotating: flags.rotating,
    limit: inventory => (flags.limit === undefined ? undefined : new Set(limited(inventory, flags.limit))),
  })
  const selected = selectTags(loaded, {tags: flags.tags ?? [], skipTags: flags.skipTags ?? []})
  const plays = selected.map(play => withFacts(flags.become ? withBecome(play) : play))
  return {playbook: file, plays, ...checked, extra, keyring}
}

function limited(inventory: Inventory, pattern: string): readonly string[] {
  const hosts = selectHosts(inventory, pattern)
  if (hosts.length === 0) throw new UsageError(`--limit ${pattern} leaves no host`)
  return hosts.map(host => host.name)
}
