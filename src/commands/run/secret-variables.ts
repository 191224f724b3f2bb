import {dirname} from 'node:path'
import {readDeclared} from '../../argument-spec/read-declared.ts'
import type {Value, Values} from '../../module.ts'
import type {Host} from '../../play.ts'
import type {Mask} from '../../secrets/mask.ts'
import {vault} from '../../vault/vault.ts'
import type {RunFlags} from './flags.ts'
import type {PreparedRun} from './prepared-run.ts'
import {hideDeclared, hideSealed, hideValue, sealedValuesOf} from './secret-values.ts'
import {supplySecrets} from './supply-secrets.ts'

/** Where the variables of hosts get their secrets from, and who is told of what becomes known. */
export type SecretVariables = {
  /** What a host's sealed secrets are; each means itself, whatever is in it. */
  readonly secretsOf: (host: string) => Values
  /** Is told every secret that a lookup makes or reads. */
  readonly secret: (value: string) => void
  /** Is told every variable, or part of one, when its value is known. */
  readonly known: (name: string, value: Value) => void
}

/** Makes the secrets that hosts lack, and has `mask` hide all of them, and what is declared to be secret as soon as it is known. */
export async function secretVariables(
  run: PreparedRun,
  hosts: readonly Host[],
  flags: RunFlags,
  mask: Mask,
): Promise<SecretVariables> {
  vault.listen(secret => mask.addDeclared(secret))
  hideSealed(run.sealed, mask)
  if (!flags.rotating) tellRotations(run)
  const supplied = await supplySecrets({...run, hosts, keep: !flags.check || flags.keepsSecrets === true})
  for (const made of supplied.values()) hideValue(made, mask)
  const {options = {}} = (await readDeclared(dirname(run.playbook))) ?? {}
  const known = new Map<string, Values>()
  const secretsOf = (host: string): Values => {
    const own = known.get(host) ?? {...sealedValuesOf(host, run.inventory.now), ...supplied.get(host)}
    known.set(host, own)
    return own
  }
  return {
    secretsOf,
    secret: value => mask.add(value),
    known: (name, value) => hideDeclared(options, name, value, mask),
  }
}

/** Both values are kept until one is proven; until then a run has the old one. */
function tellRotations({sealed, keyring}: PreparedRun): void {
  for (const {rotating} of sealed.values())
    for (const [owner, names] of Object.entries(rotating))
      for (const name of Object.keys(names))
        keyring.say(
          `The rotation of ${name} for ${owner} is not finished: provision secrets rotate ${name} goes on with it.`,
        )
}
