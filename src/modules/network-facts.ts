import {sh} from '../shell/shell.ts'
import type {Value, Values} from '../value.ts'
import {all} from './answer.ts'

/** Asks what connects a host: addresses, routes, cards, name servers. */
export const askNetwork = sh`if command -v ip >/dev/null; then
ip -4 route show default 2>/dev/null | head -n 1 | sed 's/^/route=/'
ip -6 route show default 2>/dev/null | head -n 1 | sed 's/^/route6=/'
ip -o -4 addr show 2>/dev/null | awk '{b = ""; for (i = 5; i < NF; i++) if ($i == "brd") b = $(i + 1); print "address=" $2 " " $4 " " b}'
ip -o -6 addr show 2>/dev/null | awk '{for (i = 5; i < NF; i++) if ($i == "scope") print "address6=" $2 " " $4 " " $(i + 1)}'
ip -o link 2>/dev/null | awk '{name = $2; sub(/:$/, "", name); sub(/@.*/, "", name); m = ""; t = ""; a = ""
for (i = 3; i < NF; i++) {if ($i == "mtu") m = $(i + 1); if ($i ~ /^link\\//) {t = substr($i, 6); a = $(i + 1)}}
print "link=" name " " $3 " " m " " t " " a}'
fi
sed 's/^/resolver=/' /etc/resolv.conf 2>/dev/null`

/** Makes Ansible's facts of the network, without ansible_ before their names. */
export function networkFacts(answer: string): Values {
  const cards = all(answer, 'link').map(row => cardOf(row.split(' '), answer))
  const addresses = all(answer, 'address').map(row => bare(row.split(' ')))
  const addresses6 = all(answer, 'address6').map(row => bare(row.split(' ')))
  return {
    ...Object.fromEntries(cards.map(card => [String(card.device).replace(/[-.:/]/g, '_'), card])),
    default_ipv4: defaultOf(cards, all(answer, 'route')[0]),
    default_ipv6: default6Of(cards, all(answer, 'route6')[0]),
    all_ipv4_addresses: addresses.filter(one => !one.startsWith('127.')),
    all_ipv6_addresses: addresses6.filter(one => one !== '::1'),
    interfaces: cards.map(({device}) => device),
    dns: resolverOf(all(answer, 'resolver')),
  }
}

type Card = {
  readonly device: string
  readonly active: boolean
  readonly mtu: number
  readonly promisc: boolean
  readonly type: string
  readonly macaddress?: string
  readonly ipv4?: Values
  readonly ipv4_secondaries?: readonly Values[]
  readonly ipv6?: readonly Values[]
}

function cardOf([device = '', flags = '', mtu = '0', type = '', mac = '']: readonly string[], answer: string): Card {
  const of = (key: string) =>
    all(answer, key)
      .map(row => row.split(' '))
      .filter(([name]) => name === device)
  const [first, ...more] = of('address').map(([, cidr = '', broadcast = '']) => ipv4Of(cidr, broadcast))
  const ipv6 = of('address6').map(([, cidr = '', scope = '']) => {
    const [address = '', prefix = ''] = cidr.split('/')
    return {address, prefix, scope}
  })
  return {
    device,
    active: /\bUP\b/.test(flags),
    mtu: Number(mtu),
    promisc: /\bPROMISC\b/.test(flags),
    type,
    ...(type === 'loopback' || mac === '' ? {} : {macaddress: mac}),
    ...(first && {ipv4: first}),
    ...(more.length > 0 && {ipv4_secondaries: more}),
    ...(ipv6.length > 0 && {ipv6}),
  }
}

function ipv4Of(cidr: string, broadcast: string): Values {
  const [address = '', prefix = '32'] = cidr.split('/')
  const mask = Number(prefix) === 0 ? 0 : (-1 << (32 - Number(prefix))) >>> 0
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  return {address, broadcast, netmask: dotted(mask), network: dotted((number & mask) >>> 0), prefix}
}

function dotted(number: number): string {
  return [24, 16, 8, 0].map(shift => (number >>> shift) & 255).join('.')
}

function defaultOf(cards: readonly Card[], route = ''): Values {
  const card = cards.find(({device}) => device === /\bdev (\S+)/.exec(route)?.[1])
  if (!card?.ipv4) return {}
  const {device, macaddress = '', mtu, type, ipv4} = card
  const gateway = /\bvia (\S+)/.exec(route)?.[1] ?? null
  return {...ipv4, alias: device, gateway, interface: device, macaddress, mtu, type}
}

function default6Of(cards: readonly Card[], route = ''): Values {
  const card = cards.find(({device}) => device === /\bdev (\S+)/.exec(route)?.[1])
  const own = card?.ipv6?.find(({scope}) => scope === 'global')
  if (!card || !own) return {}
  const {device, macaddress = '', mtu, type} = card
  return {...own, gateway: /\bvia (\S+)/.exec(route)?.[1] ?? null, interface: device, macaddress, mtu, type}
}

/** The words of resolv.conf. */
function resolverOf(lines: readonly string[]): Values {
  const said = lines
    .map(line => line.trim().split(/\s+/))
    .filter(([word = '', ...rest]) => /^(nameserver|domain|search|sortlist|options)$/.test(word) && rest.length > 0)
  const of = (word: string) => said.filter(([first]) => first === word).map(([, ...rest]) => rest)
  const last = (word: string) => of(word).at(-1)
  const options = last('options')?.map(option => option.split(':'))
  const domain = last('domain')?.[0]
  const search = last('search')
  return {
    ...(of('nameserver').length > 0 && {nameservers: of('nameserver').flat()}),
    ...(domain !== undefined && {domain}),
    ...(search && {search}),
    ...(options && {
      options: Object.fromEntries(options.map(([name = '', value = true]): [string, Value] => [name, value])),
    }),
  }
}

function bare([, address = '']: readonly string[]): string {
  return address.split('/')[0] ?? ''
}
