import {randomBytes} from 'node:crypto'
import {access, chmod, chown, copyFile, mkdir, readFile, rm, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {UsageError} from '../errors.ts'
import type {HostRecord} from './host-record.ts'
import {run, succeeds} from './local-command.ts'
import {hostFolder, keyFile} from './places.ts'
import {authorityFile} from './registry-certificates.ts'

const deployId = 1000
const machineAuthorities = '/usr/local/share/ca-certificates'

/** Mounts a host's disk, an overlay on its base system, at FOLDER/root; a new disk gets the host's names and keys. */
export async function mountDisk(host: HostRecord, nameService: string): Promise<void> {
  const folder = hostFolder(host.name)
  const root = join(folder, 'root')
  if (!(await exists(host.base))) throw baseGone(host)
  const isNew = !(await exists(join(folder, 'upper')))
  for (const part of ['upper', 'work', 'root', 'docker'])
    await mkdir(join(folder, part), {recursive: true, mode: 0o755})
  const options = `lowerdir=${host.base},upperdir=${join(folder, 'upper')},workdir=${join(folder, 'work')}`
  await run`mount -t overlay provision-sandbox -o ${options} ${root}`
  if (isNew) await furnish(host, root, nameService)
}

/** Unmounts a host's disk if it is mounted. */
export async function unmountDisk(name: string): Promise<void> {
  const root = join(hostFolder(name), 'root')
  if (await succeeds`mountpoint --quiet ${root}`) await run`umount ${root}`
}

/** Removes a host's disk and all that is known of it. */
export async function removeDisk(name: string): Promise<void> {
  await run`rm -rf --one-file-system ${hostFolder(name)}`
}

/** The public host keys of a host, one a line; empty for one without a disk. */
export async function hostKeys(name: string): Promise<string[]> {
  const folder = join(hostFolder(name), 'upper/etc/ssh')
  const files = keyTypes.map(type => readFile(join(folder, `ssh_host_${type}_key.pub`), 'utf8').catch(() => ''))
  return (await Promise.all(files)).filter(text => text !== '').map(text => text.split(' ').slice(0, 2).join(' '))
}

const keyTypes = ['ed25519', 'ecdsa']

function baseGone(host: HostRecord): UsageError {
  const hint = `Make it anew: provision sandbox down ${host.name}, then provision sandbox up ${host.name}`
  return new UsageError(`The disk of ${host.name} needs its base system ${host.base}, which is gone`, hint)
}

async function furnish(host: HostRecord, root: string, nameService: string): Promise<void> {
  await writeFile(join(root, 'etc/hostname'), `${host.name}\n`)
  await writeFile(join(root, 'etc/hosts'), `127.0.0.1 localhost\n127.0.1.1 ${host.name}\n::1 localhost ip6-localhost\n`)
  await writeFile(join(root, 'etc/resolv.conf'), `nameserver ${nameService}\n`)
  await writeFile(join(root, 'etc/machine-id'), `${randomBytes(16).toString('hex')}\n`)
  for (const type of keyTypes) {
    await run`ssh-keygen -q -t ${type} -N '' -C ${`root@${host.name}`} -f ${join(root, `etc/ssh/ssh_host_${type}_key`)}`
  }
  await authorise(join(root, 'root'), 0)
  await authorise(join(root, 'home/deploy'), deployId)
  await trustAuthorities(host, root)
}

async function authorise(home: string, owner: number): Promise<void> {
  const folder = join(home, '.ssh')
  const file = join(folder, 'authorized_keys')
  await mkdir(folder, {recursive: true, mode: 0o700})
  await copyFile(`${keyFile}.pub`, file)
  await chmod(file, 0o600)
  for (const path of [folder, file]) await chown(path, owner, owner)
}

async function trustAuthorities(host: HostRecord, root: string): Promise<void> {
  // A machine behind an inspecting proxy trusts its authority; its hosts are behind the same proxy.
  if (await exists(machineAuthorities)) await run`cp --recursive ${machineAuthorities} ${join(root, 'usr/local/share')}`
  const own = join(root, machineAuthorities, 'provision-sandbox.crt')
  if (host.images === 'stand-in') await copyFile(authorityFile, own)
  else await rm(own, {force: true})
  await run`chroot ${root} update-ca-certificates`
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
