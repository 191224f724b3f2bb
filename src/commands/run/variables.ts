import {dirname, resolve} from 'node:path'
import type {Values} from '../../module.ts'
import type {Host, Inventory, Play} from '../../play.ts'
import {finished, type Hosts, Variables} from '../../template/variables.ts'
import type {RunFlags} from './flags.ts'
import type {SecretVariables} from './secret-variables.ts'
import type {Access} from './targets.ts'

/** What variables are made of, besides the inventory's. */
export type VariableSources = SecretVariables & {
  readonly playbook: string
  /** The inventory as it is now. */
  readonly inventory: () => Inventory
  readonly extra: Values
  readonly access: Access
  readonly check: boolean
}

/** Makes a host's variables; `learnedBy` says what tasks found out about the others, for hostvars. */
export type MakeVariables = (
  host: Host,
  play?: Play,
  learned?: Values,
  learnedBy?: (host: string) => Values,
) => Variables

/** Makes a host's variables, weakest first: where a host is that does not say so (by its name), inventory, play, what was registered and found, the command line, magic ones. */
export function makeVariables(sources: VariableSources): MakeVariables {
  const make: MakeVariables = (host, play, learned = {}, learnedBy = () => ({})) =>
    new Variables(
      [
        {ansible_host: host.name},
        host.vars,
        finished(sources.secretsOf(host.name)),
        ['defaults', play?.way ?? {}],
        ['defaults', play?.roleDefaults ?? {}],
        ['play', play?.vars ?? {}],
        ['role', play?.roleVars ?? {}],
        ['learned', finished(learned)],
        ['extra', sources.extra],
        ['magic', magic(sources, host, play)],
      ],
      {
        lookups: {folder: String(host.vars.inventory_dir ?? dirname(sources.playbook)), secret: sources.secret},
        known: sources.known,
        hosts: hostsOf(sources, host, other => make(other, undefined, learnedBy(other.name), learnedBy)),
      },
    )
  return make
}

function hostsOf({inventory}: VariableSources, {name: own}: Host, make: (host: Host) => Variables): Hosts {
  return {
    own,
    names: () => inventory().hosts.map(host => host.name),
    of: name => {
      const host = inventory().hosts.find(one => one.name === name) ?? outsider(inventory(), name)
      return host && make(host)
    },
  }
}

/** As in Ansible, `hostvars` has no address that no inventory names, but `localhost`. */
function outsider(inventory: Inventory, name: string): Host | undefined {
  return name === 'localhost' ? inventory.outsider?.(name) : undefined
}

function magic({playbook, access, check}: VariableSources, host: Host, play: Play | undefined): Values {
  const box = access.sandbox.get(host.name)
  return {
    playbook_dir: dirname(playbook),
    ansible_check_mode: check,
    ...ofCommandLine(access.flags),
    ...ofPlay(play),
    ...(box ? {ansible_host: box.address, ansible_port: box.port, ansible_user: box.user} : {}),
  }
}

/** The version of Ansible whose language this is. */
const ansible_version = {full: '2.14.0', string: '2.14.0', major: 2, minor: 14, revision: 0}

function ofCommandLine({forks, verbose, diff, limit, tags = [], skipTags = [], inventory}: RunFlags): Values {
  return {
    ansible_version,
    ansible_forks: forks,
    ansible_verbosity: verbose,
    ansible_diff_mode: diff ?? false,
    ansible_run_tags: tags.length > 0 ? tags : ['all'],
    ansible_skip_tags: skipTags,
    ansible_inventory_sources: inventory.map(one => (one.includes(',') ? one : resolve(one))),
    ...(limit === undefined ? {} : {ansible_limit: limit}),
  }
}

function ofPlay(play: Play | undefined): Values {
  const roles = play?.roleNames ?? []
  return {ansible_play_name: play?.name ?? '', ansible_play_role_names: roles, role_names: roles}
}
