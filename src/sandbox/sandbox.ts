import {UsageError} from '../errors.ts'
import {withLock} from '../lock.ts'
import {freeAddress} from './addresses.ts'
import {baseSystem} from './base-system.ts'
import {isRunning, removeHost, startHost, waitForLogin} from './host.ts'
import {checkNames, type HostRecord, type ImageSource, type Release} from './host-record.ts'
import {hostNames, readHostRecord, readHostRecords, writeHostRecord} from './host-records.ts'
import {buildImages} from './images/images.ts'
import {checkMachine, prepareMachine} from './machine.ts'
import {nameServiceDown, nameServiceUp} from './name-service.ts'
import {networkDown, networkUp} from './network.ts'
import {keyFile, knownHostsFile} from './places.ts'
import {registryDown, registryUp} from './registry.ts'
import {loginUser, makeKeyPair, openShell, writeKnownHosts} from './ssh.ts'

const lockName = 'provision-sandbox'

/** A throwaway host: how to log in to it, and whether it is switched on. */
export type SandboxHost = {
  readonly name: string
  readonly address: string
  readonly port: number
  readonly user: string
  readonly keyFile: string
  readonly knownHostsFile: string
  readonly release: Release
  readonly images: ImageSource
  readonly running: boolean
}

/** Hosts to start; release and images default to those of the host's disk, then to trixie and stand-ins. */
export type UpOptions = {
  readonly names: readonly string[]
  readonly release?: Release | undefined
  readonly images?: ImageSource | undefined
  readonly say: (line: string) => void
}

/** Hosts to remove; all by default. */
export type DownOptions = {readonly names?: readonly string[]; readonly say: (line: string) => void}

/** Starts the hosts that are down, making those that are new; done when a login by SSH works on each. */
export async function sandboxUp(options: UpOptions): Promise<SandboxHost[]> {
  checkNames(options.names)
  await prepareMachine(options.say)
  const hosts = await withLock(lockName, options.say, async () => {
    const records = await recordHosts(options)
    await servicesUp(records, options.say)
    await startAll(records, options.say)
    return records
  })
  return Promise.all(hosts.map(describe))
}

/** Removes hosts with their disks; with the last one go bridge, name service, registry and firewall rules. */
export async function sandboxDown({names, say}: DownOptions): Promise<void> {
  await checkMachine()
  await withLock(lockName, say, async () => {
    const present = await hostNames()
    const unknown = names?.find(name => !present.includes(name))
    if (unknown !== undefined) throw unknownHost(unknown, present)
    await removeAll(names ?? present, say)
    const left = await readHostRecords()
    if ((await hostNames()).length === 0) await servicesDown()
    await writeKnownHosts(left)
  })
}

/** Every sandbox host of this machine, running or not. */
export async function sandboxList(): Promise<SandboxHost[]> {
  return Promise.all((await readHostRecords()).map(describe))
}

/** Opens an interactive shell on a host; gives the exit code of ssh. */
export async function sandboxShell(name: string): Promise<number> {
  const records = await readHostRecords()
  const host = records.find(record => record.name === name)
  if (host === undefined)
    throw unknownHost(
      name,
      records.map(record => record.name),
    )
  if (!(await isRunning(name))) throw new UsageError(`${name} is down`, `Start it: provision sandbox up ${name}`)
  return openShell(host)
}

async function recordHosts({names, release, images, say}: UpOptions): Promise<HostRecord[]> {
  const records = await readHostRecords()
  for (const name of new Set(names)) {
    const known = records.find(record => record.name === name)
    if (known) checkSame(known, release, images)
    else records.push(await newHost(name, release ?? 'trixie', images ?? 'stand-in', records, say))
  }
  return records.filter(record => names.includes(record.name))
}

async function newHost(
  name: string,
  release: Release,
  images: ImageSource,
  others: readonly HostRecord[],
  say: (line: string) => void,
): Promise<HostRecord> {
  const base = await baseSystem(
    release,
    others.map(other => other.base),
    say,
  )
  const host = {name, address: freeAddress(others.map(other => other.address)), release, images, base}
  await writeHostRecord(host)
  return host
}

async function servicesUp(hosts: readonly HostRecord[], say: (line: string) => void): Promise<void> {
  await makeKeyPair()
  await networkUp()
  await nameServiceUp()
  if (hosts.some(host => host.images === 'stand-in')) await registryUp(await buildImages({say}), say)
}

async function startAll(hosts: readonly HostRecord[], say: (line: string) => void): Promise<void> {
  const states = await Promise.all(hosts.map(host => isRunning(host.name)))
  const off = hosts.filter((_, index) => states[index] === false)
  if (off.length > 0) say(`starting ${off.map(host => host.name).join(' ')}`)
  for (let at = 0; at < off.length; at += bootsAtOnce) {
    const some = off.slice(at, at + bootsAtOnce)
    await Promise.all(some.map(startHost))
    await writeKnownHosts(await readHostRecords())
    await Promise.all(some.map(host => reportLogin(host, say)))
  }
  // Somebody may have removed the file while the hosts ran on.
  if (off.length === 0) await writeKnownHosts(await readHostRecords())
  await Promise.all(hosts.filter(host => !off.includes(host)).map(host => reportLogin(host, say)))
}

/** Thirty boots at once on a small machine run into systemd's own limits of time. */
const bootsAtOnce = 5

async function reportLogin(host: HostRecord, say: (line: string) => void): Promise<void> {
  const state = await waitForLogin(host)
  const remark = state === 'running' ? '' : ` (systemd says: ${state})`
  say(`${host.name} is up at ${host.address}${remark}`)
}

async function removeAll(names: readonly string[], say: (line: string) => void): Promise<void> {
  if (names.length > 0) say(`removing ${names.join(' ')}`)
  await Promise.all(
    names.map(async name => {
      // Also a host whose record is damaged must be removable.
      const record = await readHostRecord(name).catch(() => undefined)
      await removeHost(name, record?.address)
    }),
  )
}

async function servicesDown(): Promise<void> {
  await registryDown()
  await nameServiceDown()
  await networkDown()
}

async function describe(host: HostRecord): Promise<SandboxHost> {
  const {name, address, release, images} = host
  const running = await isRunning(name)
  return {name, address, port: 22, user: loginUser, keyFile, knownHostsFile, release, images, running}
}

function checkSame(host: HostRecord, release: Release | undefined, images: ImageSource | undefined): void {
  const same = (release ?? host.release) === host.release && (images ?? host.images) === host.images
  if (same) return
  const is = `${host.name} exists already, with ${host.release} and ${host.images} images`
  throw new UsageError(is, `Remove it first: provision sandbox down ${host.name}`)
}

function unknownHost(name: string, present: readonly string[]): UsageError {
  const hint = present.length > 0 ? `There are: ${present.join(' ')}` : `Make it with: provision sandbox up ${name}`
  return new UsageError(`There is no sandbox host "${name}"`, hint)
}
