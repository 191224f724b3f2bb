import {gateway, plainNameService, subnet} from './addresses.ts'
import type {HostRecord} from './host-record.ts'
import {raiseSettings, restoreSettings} from './kernel-settings.ts'
import {run, succeeds} from './local-command.ts'

const bridge = 'provision0'
const mtu = 1400
const comment = ['-m', 'comment', '--comment', 'provision-sandbox']

// Machines whose firewall drops by default (Docker, ufw) would cut the hosts off.
const rules: readonly (readonly string[])[] = [
  ['nat', 'POSTROUTING', '-s', subnet, '!', '-d', subnet, ...comment, '-j', 'MASQUERADE'],
  ['filter', 'FORWARD', '-i', bridge, ...comment, '-j', 'ACCEPT'],
  ['filter', 'FORWARD', '-o', bridge, ...comment, '-j', 'ACCEPT'],
  ['filter', 'INPUT', '-i', bridge, ...comment, '-j', 'ACCEPT'],
]

/** Makes the bridge and the way out, where they are missing. */
export async function networkUp(): Promise<void> {
  if (!(await succeeds`ip link show ${bridge}`)) await run`ip link add name ${bridge} mtu ${mtu} type bridge`
  for (const address of [gateway, plainNameService]) await run`ip address replace ${`${address}/24`} dev ${bridge}`
  await run`ip link set ${bridge} up`
  await raiseSettings()
  for (const [table, chain, ...rule] of rules) {
    const check = await succeeds`iptables -w -t ${table ?? ''} -C ${chain ?? ''} ${rule}`
    if (!check) await run`iptables -w -t ${table ?? ''} -I ${chain ?? ''} ${rule}`
  }
}

/** Removes the bridge and the rules, and puts the kernel's settings back. */
export async function networkDown(): Promise<void> {
  for (const [table, chain, ...rule] of rules) {
    while (await succeeds`iptables -w -t ${table ?? ''} -D ${chain ?? ''} ${rule}`);
  }
  await succeeds`ip link delete ${bridge}`
  // iproute2 keeps the folder of its namespaces mounted after the last one.
  await succeeds`test -z "$(ip netns list)" && umount /run/netns`
  await restoreSettings()
}

/** Gives a host a network namespace with one interface, eth0, on the bridge. */
export async function connectHost(host: HostRecord): Promise<void> {
  const space = namespaceOf(host.name)
  const link = linkOf(host.address)
  await run`ip netns add ${space}`
  await run`ip link add ${link} mtu ${mtu} type veth peer name eth0 mtu ${mtu} netns ${space}`
  await run`ip link set ${link} master ${bridge} up`
  await run`ip -netns ${space} link set lo up`
  await run`ip -netns ${space} address add ${`${host.address}/24`} dev eth0`
  await run`ip -netns ${space} link set eth0 up`
  await run`ip -netns ${space} route add default via ${gateway}`
}

/** Removes a host's namespace and interface, as far as they exist. */
export async function disconnectHost(name: string, address: string | undefined): Promise<void> {
  if (address !== undefined) await succeeds`ip link delete ${linkOf(address)}`
  await succeeds`ip netns delete ${namespaceOf(name)}`
}

/** Name of a host's network namespace. */
export function namespaceOf(name: string): string {
  return `provision-${name}`
}

/** The name of an interface may have 15 characters, so it carries the last number of the address. */
function linkOf(address: string): string {
  return `provision-${address.split('.').at(-1)}`
}
