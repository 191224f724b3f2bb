import {readFile} from 'node:fs/promises'
import {UsageError} from '../../../src/errors.ts'
import {buildImages} from '../../../src/sandbox/images/images.ts'
import {checkMachine, installMissing, prepareMachine} from '../../../src/sandbox/machine.ts'
import type {ImageSet} from '../../../src/sandbox/registry.ts'
import {buildBox} from './box.ts'

const packages = [
  'e2fsprogs',
  'fdisk',
  'grub-common',
  'grub-pc-bin',
  'libvirt-clients',
  'libvirt-daemon',
  'qemu-system-x86',
  'qemu-utils',
  'slirp4netns',
  'util-linux',
  'vagrant',
  'vagrant-libvirt',
]

// A machine's own 2 GB, and what QEMU and the tests take beside them.
const leastMemory = 3500

/** Throws UsageError unless this machine can hold a virtual machine: root, Debian 12 on x86, and memory. */
export async function checkForVirtualMachines(): Promise<void> {
  await checkMachine()
  if (!/^VERSION_CODENAME=bookworm$/m.test(await readFile('/etc/os-release', 'utf8')))
    throw new UsageError('The tests on virtual machines are known to run on Debian 12 only', 'Use Debian 12 for them')
  if (process.arch !== 'x64') throw new UsageError('The virtual machines are x86 ones', 'Use an x86 machine')
  const free = Number(/^MemAvailable: +(\d+)/m.exec(await readFile('/proc/meminfo', 'utf8'))?.[1]) / 1024
  if (free >= leastMemory) return
  const message = `A virtual machine needs ${leastMemory} MB of free memory, here are ${Math.floor(free)}`
  throw new UsageError(message, 'End what else runs, or use a larger machine')
}

/** Installs what the virtual machines need, builds their box, and gives the images for their Docker; all of it only once. */
export async function prepareForVirtualMachines(say: (line: string) => void): Promise<ImageSet> {
  await checkForVirtualMachines()
  await prepareMachine(say)
  await installMissing(packages, say)
  await buildBox(say)
  return buildImages({say})
}
