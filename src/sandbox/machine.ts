import {mkdir, readFile} from 'node:fs/promises'
import {UsageError} from '../errors.ts'
import {run, succeeds} from './local-command.ts'
import {stateFolder} from './places.ts'

const packages = [
  'ca-certificates',
  'dnsmasq-base',
  'iproute2',
  'iptables',
  'mmdebstrap',
  'openssh-client',
  'openssl',
  'skopeo',
  'systemd-container',
  'zstd',
]

/** Makes sure that this machine can hold sandbox hosts, and installs the packages that are missing; throws UsageError with what to do instead. */
export async function prepareMachine(say: (line: string) => void): Promise<void> {
  await checkMachine()
  await installMissing(packages, say)
  await mkdir(stateFolder, {recursive: true, mode: 0o711})
  await checkDisk()
}

/** Installs the Debian packages that this machine lacks, and says which. */
export async function installMissing(names: readonly string[], say: (line: string) => void): Promise<void> {
  const missing = await missingPackages(names)
  if (missing.length === 0) return
  say(`installing Debian packages on this machine: ${missing.join(' ')}`)
  await installPackages(missing)
}

/** Installs Debian packages, or brings them to their newest version; waits for another apt to end, ten minutes at most. */
export async function installPackages(names: readonly string[]): Promise<void> {
  const options = ['--yes', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=600']
  await run`apt-get update -qq`
  await run`DEBIAN_FRONTEND=noninteractive apt-get install ${options} ${names}`
}

/** Throws UsageError unless we are root on Linux with Debian's packages. */
export async function checkMachine(): Promise<void> {
  if (process.platform !== 'linux') throw unfit('Sandbox hosts need Linux')
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '')
  if (!/^ID(_LIKE)?=.*debian/m.test(release)) throw unfit('Sandbox hosts are made with Debian packages')
  if (process.getuid?.() !== 0) throw new UsageError('Sandbox hosts need root', 'Run the same command with sudo')
}

async function missingPackages(names: readonly string[]): Promise<string[]> {
  const installed =
    await run`dpkg-query --show --showformat='\${db:Status-Status} \${Package}\n' ${names} 2>/dev/null || true`
  const present = new Set(installed.split('\n'))
  return names.filter(name => !present.has(`installed ${name}`))
}

async function checkDisk(): Promise<void> {
  // The disk of a host is an overlay, and an overlay cannot lie on another one.
  if (await succeeds`test "$(stat -f -c %T ${stateFolder})" != overlayfs`) return
  throw new UsageError(`${stateFolder} lies on an overlay`, 'Name a folder on a real disk in PROVISION_SANDBOX_STATE')
}

function unfit(message: string): UsageError {
  return new UsageError(
    message,
    'Use a Debian 12 or 13 machine, or virtual machines of your own with an inventory for them',
  )
}
