import {isIPv4, isIPv6} from 'node:net'
import {TaskError} from '../errors.ts'
import {isList, isMap} from '../value.ts'
import type {ContainerOptions} from './container-fields.ts'
import {each, type Seen, type Setting} from './container-setting.ts'

/** One port of a container that is published. */
type Published = {readonly port: string; readonly address: string; readonly hostPort: string}

/** Ports that are published. Without an address they are so on all addresses of IPv4, as with Ansible. */
export const publishedPorts: Setting = {
  name: 'published_ports',
  kind: 'set',
  wanted: options => {
    const said = saidPorts(options)
    return said && together(said.flatMap(publishedBy))
  },
  seen: ({HostConfig}) =>
    together(
      Object.entries(isMap(HostConfig.PortBindings) ? HostConfig.PortBindings : {}).flatMap(([port, bindings]) =>
        (isList(bindings) ? bindings : []).map(one => ({
          port,
          address: isMap(one) ? String(one.HostIp ?? '') : '',
          hostPort: isMap(one) ? String(one.HostPort ?? '') : '',
        })),
      ),
    ),
  flags: options => each('-p', saidPorts(options)?.flatMap(publishedBy).map(written)),
}

/** Ports that other containers may use; those that are published are among them. */
export const exposedPorts: Setting = {
  name: 'exposed_ports',
  kind: 'set',
  wanted: options => {
    const published = saidPorts(options)
      ?.flatMap(publishedBy)
      .map(({port}) => port)
    return options.exposed_ports?.flatMap(exposedBy).concat(published ?? [])
  },
  seen: exposed,
  flags: ({exposed_ports}) => each('--expose', exposed_ports),
}

function exposed({Config}: Parameters<Seen>[0]): readonly string[] {
  return isMap(Config.ExposedPorts) ? Object.keys(Config.ExposedPorts) : []
}

function saidPorts({ports, published_ports}: ContainerOptions): readonly string[] | undefined {
  return ports || published_ports ? [...(ports ?? []), ...(published_ports ?? [])] : undefined
}

/** All places of one port in one text, since Docker compares them so. */
function together(ports: readonly Published[]): readonly string[] {
  return [...new Set(ports.map(({port}) => port))].map(port => {
    const places = ports.filter(one => one.port === port)
    return [port, ...places.map(({address, hostPort}) => `${address}:${hostPort}`).toSorted()].join(' ')
  })
}

/** `80`, `8080:80`, `127.0.0.1:8080:80/udp`, with ranges such as 8000-8002:80-82. */
function publishedBy(text: string): readonly Published[] {
  const {address = '0.0.0.0', from = '', to = '', protocol = 'tcp'} = pattern.exec(text)?.groups ?? {}
  const bare = address.replace(/^\[(.*)\]$/, '$1')
  const ports = range(to)
  const hostPorts = from === '' ? ports.map(() => '') : ports.length === 1 ? [from] : range(from)
  if (ports.length === 0 || ports.length !== hostPorts.length || !(isIPv4(bare) || isIPv6(bare)))
    throw new TaskError({message: `Not a port such as 8080:80 or 127.0.0.1:8080:80: ${text}`})
  return ports.map((port, index) => ({port: `${port}/${protocol}`, address: bare, hostPort: hostPorts[index] ?? ''}))
}

const pattern =
  /^(?:(?:(?<address>\[[^\]]+\]|[^:[]+):)?(?<from>\d*(?:-\d+)?):)?(?<to>\d+(?:-\d+)?)(?:\/(?<protocol>\w+))?$/

function exposedBy(text: string): readonly string[] {
  const [ports = '', protocol = 'tcp'] = text.split('/')
  return range(ports).map(port => `${port}/${protocol}`)
}

function range(text: string): readonly string[] {
  const [from = Number.NaN, to = from] = text.split('-').map(Number)
  return to >= from ? Array.from({length: to - from + 1}, (_, index) => String(from + index)) : []
}

function written({port, address, hostPort}: Published): string {
  return `${isIPv6(address) ? `[${address}]` : address}:${hostPort}:${port}`
}
