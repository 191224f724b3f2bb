import {existsSync} from 'node:fs'
import {dirname, resolve} from 'node:path'
import type {Problem} from '../../errors.ts'
import {placeOfHost} from '../../inventory/host-place.ts'
import {loadInventory} from '../../inventory/inventory.ts'
import type {Value, Values} from '../../module.ts'
import {didYouMean} from '../../nearest.ts'
import type {Host} from '../../play.ts'

/** What a playbook wants of an inventory: names, and values as an example. */
export type Inputs = Values

/** Reads a playbook's inputs from the example that stands beside its folder, inventory/example.yml; none without one. */
export async function readInputs(playbook: string): Promise<Inputs> {
  const file = resolve(dirname(playbook), '../inventory/example.yml')
  return existsSync(file) ? ((await loadInventory(file)).hosts[0]?.vars ?? {}) : {}
}

/** Says which hosts lack an input, where in the inventory that is, and what could stand there. */
export async function inputProblem(
  name: string,
  example: Value,
  hosts: readonly Host[],
  inputs: Inputs,
): Promise<Problem> {
  const [first, ...others] = hosts
  const value = typeof example === 'string' ? example : JSON.stringify(example)
  const who = others.length === 0 ? `${first?.name} lacks` : `${first?.name} and ${others.length} more lack`
  const suggestion = didYouMean(
    name,
    (await ownNames(first)).filter(word => !Object.hasOwn(inputs, word)),
  )
  return {
    source: placeOfHost(first),
    message: `${who} the input "${name}"`,
    expected: `${name}: ${value} (for example) beside the host or in vars of its group, or -e ${name}=${value}`,
    ...(suggestion && {suggestion}),
  }
}

/** The names that the inventory itself gives a host, without a playbook's defaults: only one of these can be misspelt. */
async function ownNames(host: Host | undefined): Promise<readonly string[]> {
  if (!host) return []
  const own = (await loadInventory(String(host.vars.inventory_file))).hosts.find(one => one.name === host.name)
  return Object.keys(own?.vars ?? {})
}
