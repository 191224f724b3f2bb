import {isIPv6} from 'node:net'

/** Names that a certificate is for, in one way of writing: DNS:example.com, IP:192.0.2.1; IPv6 addresses in short form. */
export function alternativeNames(list: string): readonly string[] {
  return list
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '')
    .map(normal)
}

// openssl prints addresses as `IP Address:`, those of IPv6 in eight groups without short form.
function normal(name: string): string {
  const address = /^IP(?: ?Address)?:(.*)$/i.exec(name)?.[1]
  if (address === undefined) return name
  return `IP:${isIPv6(address) ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address}`
}
