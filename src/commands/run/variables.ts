import {dirname} from 'node:path'
import type {Values} from '../../module.ts'
import type {Host, Inventory, Play} from '../../play.ts'
import {finished, Variables} from '../../template/variables.ts'
import type {Access} from './targets.ts'

/** What variables are made of, besides the inventory's. */
export type VariableSources = {
  readonly playbook: string
  readonly inventory: Inventory
  readonly extra: Values
  readonly access: Access
  readonly check: boolean
  /** Is told every secret that a lookup makes or reads. */
  readonly secret: (value: string) => void
}

/** Makes a host's variables, weakest first: where a host is that does not say so (by its name), inventory, play, what was registered and found, the command line, magic ones. */
export function makeVariables(sources: VariableSources): (host: Host, play?: Play, learned?: Values) => Variables {
  return (host, play, learned = {}) =>
    new Variables(
      [
        {ansible_host: host.name},
        host.vars,
        ['defaults', play?.roleDefaults ?? {}],
        ['play', play?.vars ?? {}],
        ['role', play?.roleVars ?? {}],
        ['learned', finished(learned)],
        ['extra', sources.extra],
        ['magic', magic(sources, host, play)],
      ],
      {
        lookups: {folder: String(host.vars.inventory_dir ?? dirname(sources.playbook)), secret: sources.secret},
      },
    )
}

function magic({playbook, inventory, access, check}: VariableSources, host: Host, play: Play | undefined): Values {
  const box = access.sandbox.get(host.name)
  return {
    playbook_dir: dirname(playbook),
    ansible_check_mode: check,
    ansible_play_name: play?.name ?? '',
    hostvars: Object.fromEntries(inventory.hosts.map(one => [one.name, one.vars])),
    ...(box ? {ansible_host: box.address, ansible_port: box.port, ansible_user: box.user} : {}),
  }
}
