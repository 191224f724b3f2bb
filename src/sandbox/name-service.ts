import {mkdir, rename, rm, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {gateway, plainNameService} from './addresses.ts'
import {daemonProcess, startDaemon, stopDaemon} from './daemon.ts'
import {stateFolder} from './places.ts'

/** Names under which Docker looks for the hub's images and for its logins. */
export const hubNames = ['registry-1.docker.io', 'auth.docker.io', 'index.docker.io'] as const

// A host is NAME.sandbox.test on the sandbox network.
const sandboxDomain = 'sandbox.test'

const folder = join(stateFolder, 'names')
const hostsFolder = join(folder, 'hosts')
const services = [
  {name: 'stand-in-names', listen: gateway, registry: gateway},
  {name: 'plain-names', listen: plainNameService, registry: undefined},
] as const

/** Starts the two name services of the sandbox, for hosts with stand-in images and for those with the hub's, where they do not run. */
export async function nameServiceUp(): Promise<void> {
  await mkdir(hostsFolder, {recursive: true, mode: 0o755})
  for (const {name, listen, registry} of services) {
    if ((await daemonProcess(folder, name)) !== undefined) continue
    const file = join(folder, `${name}.conf`)
    await writeFile(file, nameServiceConfiguration({listen, registry, hostsFolder}))
    await startDaemon({name, folder, command: ['dnsmasq', '--keep-in-foreground', `--conf-file=${file}`]})
  }
}

/** Stops the name services. */
export async function nameServiceDown(): Promise<void> {
  for (const {name} of services) await stopDaemon(folder, name)
  await rm(folder, {recursive: true, force: true})
}

/** Makes a host's name known on the sandbox network; dnsmasq sees the new file at once. */
export async function publishName(name: string, address: string): Promise<void> {
  // The file appears in one step, so that it is never read half-written.
  const draft = join(folder, `${name}.draft`)
  await writeFile(draft, `${address} ${name}.${sandboxDomain}\n`)
  await rename(draft, join(hostsFolder, name))
}

/** Forgets a host's name. */
export async function forgetName(name: string): Promise<void> {
  await rm(join(hostsFolder, name), {force: true})
}

type Configuration = {readonly listen: string; readonly registry: string | undefined; readonly hostsFolder: string}

/** dnsmasq's configuration: our hosts, the hub's names where there is a registry, and this machine's resolvers for the rest. */
export function nameServiceConfiguration({listen, registry, hostsFolder}: Configuration): string {
  const lines = [
    `listen-address=${listen}`,
    'bind-interfaces',
    'no-hosts',
    `hostsdir=${hostsFolder}`,
    `local=/${sandboxDomain}/`,
    'resolv-file=/etc/resolv.conf',
    'no-dhcp-interface=*',
    'user=root',
    'cache-size=1000',
    ...(registry === undefined ? [] : registryLines(registry)),
  ]
  return `${lines.join('\n')}\n`
}

function registryLines(registry: string): string[] {
  // Everything else of Docker's does not exist, at once: its clients would wait for it.
  const absent = ['docker.io', 'docker.com'].map(domain => `local=/${domain}/`)
  return [...hubNames.map(name => `address=/${name}/${registry}`), ...absent]
}
