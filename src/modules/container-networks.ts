import type {ContainerNetwork, ContainerOptions} from './container-fields.ts'
import type {Container} from './container-look.ts'
import {each, option} from './container-setting.ts'

/** What `docker network connect` is told of a network, besides the container. */
export function connectWords(network: ContainerNetwork): readonly string[] {
  return [...each('--alias', network.aliases), ...addressWords(network), network.name]
}

/** What `docker create` is told of the first of the networks, which stands for the mode. */
export function firstNetworkWords({networks, network_mode}: ContainerOptions): readonly string[] {
  const [first] = networks ?? []
  return first === undefined || network_mode !== undefined
    ? []
    : [...each('--network-alias', first.aliases), ...addressWords(first)]
}

/** The networks that a new container has still to be connected with. */
export function laterNetworks({networks = [], network_mode}: ContainerOptions): readonly ContainerNetwork[] {
  return network_mode === undefined ? networks.slice(1) : networks.filter(({name}) => name !== network_mode)
}

/** The networks that a container is not in, or not as is wanted. */
export function otherNetworks(container: Container, {networks = []}: ContainerOptions): readonly ContainerNetwork[] {
  return networks.filter(network => !isIn(container, network))
}

/** The names of the networks that a container is in, and which nobody wants. */
export function unwantedNetworks(container: Container, {networks = []}: ContainerOptions): readonly string[] {
  return networkNames(container).filter(name => !networks.some(network => network.name === name))
}

/** The names of the networks that a container is in. */
export function networkNames({NetworkSettings}: Container): readonly string[] {
  return Object.keys(NetworkSettings.Networks ?? {})
}

/** A network that is wanted, for people: its name, and the address in it. */
export function wantedNetwork({name, ipv4_address, ipv6_address}: ContainerNetwork): string {
  return [name, ipv4_address, ipv6_address].filter(one => one !== undefined).join(' ')
}

/** A network that a container is in, for people. */
export function seenNetwork({NetworkSettings}: Container, name: string): string {
  const {IPv4Address, IPv6Address} = NetworkSettings.Networks?.[name]?.IPAMConfig ?? {}
  return [name, IPv4Address, IPv6Address].filter(one => one !== undefined).join(' ')
}

function isIn({NetworkSettings}: Container, {name, aliases, links, ipv4_address, ipv6_address}: ContainerNetwork) {
  const seen = NetworkSettings.Networks?.[name]
  const {IPv4Address, IPv6Address} = seen?.IPAMConfig ?? {}
  return (
    seen !== undefined &&
    (ipv4_address ?? IPv4Address) === IPv4Address &&
    (ipv6_address ?? IPv6Address) === IPv6Address &&
    aliases.every(alias => seen.Aliases?.includes(alias)) &&
    links.map(wholeLink).every(link => seen.Links?.includes(link))
  )
}

function addressWords({ipv4_address, ipv6_address, links}: ContainerNetwork): readonly string[] {
  return [...option('--ip', ipv4_address), ...option('--ip6', ipv6_address), ...each('--link', links.map(wholeLink))]
}

/** A link to a container, with the name that it has in the other. */
export function wholeLink(link: string): string {
  return link.includes(':') ? link : `${link}:${link}`
}
