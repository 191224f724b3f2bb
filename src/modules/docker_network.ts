import {z} from 'zod'
import {type Change, hostModule, type Value} from '../module.ts'
import {allOf, raw, type Shell, sh} from '../shell/shell.ts'
import type {Values} from '../value.ts'
import {bool, text, word, words} from './arguments.ts'
import {askObject, readObject} from './docker-objects.ts'

const texts = z.record(z.string(), text)

const subnet = z.strictObject({
  subnet: word.describe('The subnet, such as 172.30.0.0/16.'),
  iprange: word.optional().describe('Part of the subnet from which containers get their addresses.'),
  gateway: word.optional().describe('Address of the gateway.'),
  aux_addresses: texts.optional().describe('Addresses by name that containers do not get.'),
})

const schema = z.strictObject({
  name: word.describe('The network.'),
  state: z.enum(['present', 'absent']).default('present').describe('Whether it is to be there.'),
  driver: word.default('bridge').describe('The driver.'),
  driver_options: texts.default({}).describe('Options of the driver.'),
  scope: z.enum(['local', 'global', 'swarm']).optional().describe('How far it reaches.'),
  internal: bool.optional().describe('Whether it leads nowhere else.'),
  attachable: bool.optional().describe('Whether containers outside of services may use it.'),
  enable_ipv6: bool.optional().describe('Whether it has IPv6.'),
  ipam_config: z.array(subnet).default([]).describe('Subnets.'),
  ipam_driver: word.optional().describe('What gives addresses.'),
  ipam_driver_options: texts.optional().describe('Its options.'),
  labels: texts.default({}).describe('Labels.'),
  connected: words.default([]).describe('Containers that are to be in it; without any, it keeps those that it has.'),
  appends: bool.default(false).describe('Leaves other containers in it.'),
  force: bool.default(false).describe('Makes it anew even if nothing differs; disconnects containers to remove it.'),
})

const inspected = z.object({
  Id: z.string(),
  Driver: z.string(),
  Scope: z.string(),
  Internal: z.boolean(),
  Attachable: z.boolean(),
  EnableIPv6: z.boolean(),
  Options: z.record(z.string(), z.string()).nullish(),
  Labels: z.record(z.string(), z.string()).nullish(),
  IPAM: z.object({
    Driver: z.string(),
    Options: z.record(z.string(), z.string()).nullish(),
    Config: z
      .array(
        z.object({
          Subnet: z.string().optional(),
          IPRange: z.string().optional(),
          Gateway: z.string().optional(),
          AuxiliaryAddresses: z.record(z.string(), z.string()).optional(),
        }),
      )
      .nullish(),
  }),
  Containers: z.record(z.string(), z.object({Name: z.string()})).nullish(),
})

type Wanted = z.infer<typeof schema>
type Network = z.infer<typeof inspected>
type State = {readonly network: Network | undefined; readonly all: Values | undefined}

/** docker_network: a network that containers are in. */
export const docker_network = hostModule<Wanted, State>({
  name: 'docker_network',
  summary: 'Makes networks for containers, makes them anew when they differ, and removes them.',
  topic: 'docker',
  example: {name: 'Network of the proxy', docker_network: {name: 'proxy', ipam_config: [{subnet: '172.30.0.0/24'}]}},
  schema,
  aliases: {network_name: 'name', containers: 'connected', incremental: 'appends'},
  probe: ({name}) => askObject('network', name),
  parse: answer => ({network: inspected.optional().parse(readObject(answer)), all: readObject(answer)}),
  plan({network}, wanted): readonly Change[] {
    if (wanted.state === 'absent') return network ? [{what: 'network', before: network.Driver, after: null}] : []
    const joins = joinChange(network, wanted)
    if (!network) return [{what: 'network', before: null, after: wanted.driver}, ...joins]
    const differences = differencesOf(network, wanted)
    if (Object.keys(differences).length > 0)
      return [{what: 'network', before: differences, after: 'made anew'}, ...joins]
    return wanted.force ? [{what: 'network', before: 'present', after: 'made anew', unseen: true}, ...joins] : joins
  },
  apply(change, wanted, {network}) {
    if (change.what === 'containers') return join(wanted, change)
    if (change.after === null) return remove(wanted.name, network)
    return network ? allOf(remove(wanted.name, network), create(wanted), reconnect(wanted, network)) : create(wanted)
  },
  result: ({all}) => ({network: all ?? null}),
})

function differencesOf(network: Network, wanted: Wanted): {readonly [what: string]: Value} {
  const said: readonly (readonly [string, Value, boolean])[] = [
    ['driver', network.Driver, network.Driver === wanted.driver],
    ['internal', network.Internal, (wanted.internal ?? network.Internal) === network.Internal],
    ['attachable', network.Attachable, (wanted.attachable ?? network.Attachable) === network.Attachable],
    ['enable_ipv6', network.EnableIPv6, (wanted.enable_ipv6 ?? network.EnableIPv6) === network.EnableIPv6],
    ['driver_options', network.Options ?? {}, has(network.Options, wanted.driver_options)],
    ['labels', network.Labels ?? {}, has(network.Labels, wanted.labels)],
    ['scope', network.Scope, (wanted.scope ?? network.Scope) === network.Scope],
    ['ipam_driver', network.IPAM.Driver, (wanted.ipam_driver ?? network.IPAM.Driver) === network.IPAM.Driver],
    ['ipam_driver_options', network.IPAM.Options ?? {}, has(network.IPAM.Options, wanted.ipam_driver_options ?? {})],
    ['ipam_config', (network.IPAM.Config ?? []).map(one => one.Subnet ?? ''), hasSubnets(network, wanted)],
  ]
  return Object.fromEntries(said.filter(([, , isSame]) => !isSame).map(([name, value]) => [name, value]))
}

function has(present: {readonly [name: string]: string} | null | undefined, wanted: {readonly [name: string]: string}) {
  return Object.entries(wanted).every(([name, value]) => present?.[name] === value)
}

function hasSubnets({IPAM}: Network, {ipam_config}: Wanted): boolean {
  return ipam_config.every(({subnet, iprange, gateway, aux_addresses = {}}) =>
    IPAM.Config?.some(
      one =>
        subnet === one.Subnet &&
        (iprange ?? one.IPRange) === one.IPRange &&
        (gateway ?? one.Gateway) === one.Gateway &&
        has(one.AuxiliaryAddresses, aux_addresses),
    ),
  )
}

function joinChange(network: Network | undefined, {connected, appends}: Wanted): readonly Change[] {
  if (connected.length === 0) return []
  const present = containersOf(network)
  const isSame =
    connected.every(name => present.includes(name)) && (appends || present.every(name => connected.includes(name)))
  return isSame ? [] : [{what: 'containers', before: present, after: connected}]
}

function containersOf(network: Network | undefined): readonly string[] {
  return Object.values(network?.Containers ?? {})
    .map(({Name}) => Name)
    .toSorted()
}

function create(wanted: Wanted): Shell {
  const {name, driver, driver_options, labels, internal, attachable, enable_ipv6, scope} = wanted
  const {ipam_config, ipam_driver, ipam_driver_options = {}} = wanted
  const options = [
    ...Object.entries(driver_options).flatMap(([key, value]) => ['-o', `${key}=${value}`]),
    ...Object.entries(labels).flatMap(([key, value]) => ['--label', `${key}=${value}`]),
    ...(internal ? ['--internal'] : []),
    ...(attachable ? ['--attachable'] : []),
    ...(enable_ipv6 === undefined ? [] : [`--ipv6=${enable_ipv6}`]),
    ...(scope === undefined ? [] : ['--scope', scope]),
    ...(ipam_driver === undefined ? [] : ['--ipam-driver', ipam_driver]),
    ...Object.entries(ipam_driver_options).flatMap(([key, value]) => ['--ipam-opt', `${key}=${value}`]),
    ...ipam_config.flatMap(one => [
      '--subnet',
      one.subnet,
      ...(one.iprange === undefined ? [] : ['--ip-range', one.iprange]),
      ...(one.gateway === undefined ? [] : ['--gateway', one.gateway]),
      ...Object.entries(one.aux_addresses ?? {}).flatMap(([key, value]) => ['--aux-address', `${key}=${value}`]),
    ]),
  ]
  return sh`docker network create -d ${driver} ${options} -- ${name} >/dev/null`
}

function remove(name: string, network: Network | undefined): Shell {
  return sh`for c in ${containersOf(network)}; do docker network disconnect -f ${name} "$c" || exit 1; done; docker network rm ${name} >/dev/null`
}

// Containers that were in the network before are in it again; those that are wanted, join afterwards.
function reconnect({name, connected}: Wanted, network: Network): Shell {
  return connected.length === 0
    ? sh`for c in ${containersOf(network)}; do docker network connect ${name} "$c" || exit 1; done`
    : sh`:`
}

function join({name, connected, appends}: Wanted, {before}: Change): Shell {
  const present = Array.isArray(before) ? before.map(String) : []
  const unwanted = appends ? [] : present.filter(one => !connected.includes(one))
  return sh`p=$(docker network inspect -f '{{range .Containers}}{{.Name}}{{"\\n"}}{{end}}' ${name})
for c in ${unwanted}; do docker network disconnect -f ${name} "$c" || exit 1; done
for c in ${connected}; do printf '%s\\n' "$p" | grep -q -x -F -e "$c" || docker network connect ${name} "$c" || exit 1; done${raw(sh``)}`
}
