import {lookup, Resolver} from 'node:dns/promises'
import {isIP} from 'node:net'

/** Seconds that name servers have for an answer. */
const patience = 3

/** Where a domain leads, compared with the host's address. */
export async function domainLines(domain: string, address: string): Promise<readonly string[]> {
  const [found, own] = await Promise.all([addressesOf(domain), ownAddresses(address)])
  if (found.length === 0)
    return [`${domain} leads nowhere yet: let it point to ${own.join(' or ') || address} before people are to use it.`]
  if (found.some(one => own.includes(one))) return [`${domain} leads to ${found.join(', ')}: that is the host.`]
  return [
    `${domain} leads to ${found.join(', ')}, and the host is at ${own.join(', ') || address}.`,
    "That is right behind a load balancer or NAT; else correct it with the domain's name servers. Let's Encrypt needs it to be right.",
  ]
}

async function addressesOf(domain: string): Promise<readonly string[]> {
  const resolver = new Resolver({timeout: patience * 1000, tries: 1})
  const asked = await Promise.allSettled([resolver.resolve4(domain), resolver.resolve6(domain)])
  return asked.flatMap(one => (one.status === 'fulfilled' ? one.value : []))
}

/** As this machine finds the host. */
async function ownAddresses(address: string): Promise<readonly string[]> {
  if (isIP(address)) return [address]
  const found = await lookup(address, {all: true}).catch(() => [])
  return found.map(one => one.address)
}
