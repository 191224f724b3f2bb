import type {Value, Values} from '../module.ts'
import {lines, sh} from '../shell/shell.ts'
import {all, fields, rows} from './answer.ts'

const system = sh`if [ -r /etc/os-release ]; then . /etc/os-release; fi
printf 'id=%s\nversion=%s\ncodename=%s\nlike=%s\nname=%s\n' "$ID" "$VERSION_ID" "$VERSION_CODENAME" "$ID_LIKE" "$NAME"
printf 'debian=%s\n' "$(cat /etc/debian_version 2>/dev/null)"
printf 'system=%s\nkernel=%s\narchitecture=%s\nnodename=%s\n' "$(uname -s)" "$(uname -r)" "$(uname -m)" "$(uname -n)"
printf 'fqdn=%s\n' "$(hostname -f 2>/dev/null || uname -n)"
printf 'user=%s\nuid=%s\n' "$(id -un)" "$(id -u)"
printf 'init=%s\n' "$(cat /proc/1/comm 2>/dev/null)"; if [ -d /run/systemd/system ]; then echo systemd=yes; fi
for p in apt-get dnf yum apk zypper pacman; do if command -v $p >/dev/null; then echo "package=$p"; break; fi; done`

const hardware = sh`printf 'vcpus=%s\n' "$(nproc 2>/dev/null || grep -c '^processor' /proc/cpuinfo)"
awk '$1 ~ /^(MemTotal|MemFree|MemAvailable|SwapTotal|SwapFree):$/ {sub(":", "", $1); print $1 "=" int($2 / 1024)}' /proc/meminfo
virt=$(systemd-detect-virt 2>/dev/null); [ -n "$virt" ] || { if [ -f /.dockerenv ]; then virt=docker; elif grep -q '^flags.* hypervisor' /proc/cpuinfo 2>/dev/null; then virt=unknown; else virt=none; fi; }
echo "virt=$virt"`

const network = sh`if command -v ip >/dev/null; then
ip -4 route show default 2>/dev/null | head -n 1 | sed 's/^/route=/'
ip -o -4 addr show 2>/dev/null | awk '{print "address=" $2 " " $4}'
ip -o -6 addr show scope global 2>/dev/null | awk '{print "address6=" $2 " " $4}'
ip -o link 2>/dev/null | awk -F ': ' '{sub(/@.*/, "", $2); print "interface=" $2}'
fi`

// Only what lies on a device, once; pseudo file systems are of no interest. df -P counts in 1024 bytes.
const mounts = sh`df -kP 2>/dev/null | awk 'NR > 1 {printf "df=%s %s %s", $1, $2, $4; for (i = 6; i <= NF; i++) printf " %s", $i; print ""}'
awk '{print "mount=" $1 " " $3 " " $2}' /proc/mounts`

const clock = sh`date '+epoch=%s%nyear=%Y%nmonth=%m%nday=%d%nhour=%H%nminute=%M%nsecond=%S%ntz=%Z%ntz_offset=%z%nweekday=%A%ndate=%Y-%m-%d%ntime=%H:%M:%S'
date -u '+iso8601=%Y-%m-%dT%H:%M:%SZ'`

/** Asks all facts, without Python and without root. */
export const askFacts = lines(system, hardware, network, mounts, clock)

/** Makes Ansible's facts (all names with ansible_) of what askFacts answered. */
export function readFacts(answer: string): Values {
  const said = fields(answer)
  return prefixed({
    ...systemFacts(said),
    ...hardwareFacts(said),
    ...networkFacts(answer),
    mounts: mountFacts(answer),
    date_time: clockFacts(said),
  })
}

type Said = {readonly [key: string]: string}

function systemFacts(said: Said): Values {
  const {id = '', version = '', debian = '', name = '', nodename = '', codename = ''} = said
  const full = id === 'debian' && /^\d/.test(debian) ? debian : version
  return {
    distribution: distributions[id] ?? name,
    distribution_version: full,
    distribution_major_version: full.split('.')[0] ?? '',
    distribution_release: codename || 'NA',
    os_family:
      families.find(([, ids]) => ids.includes(id) || ids.some(one => said.like?.split(' ').includes(one)))?.[0] ?? name,
    system: said.system ?? '',
    kernel: said.kernel ?? '',
    architecture: said.architecture ?? '',
    hostname: nodename.split('.')[0] ?? '',
    nodename,
    fqdn: said.fqdn ?? nodename,
    pkg_mgr: said.package === 'apt-get' ? 'apt' : (said.package ?? 'unknown'),
    service_mgr: said.systemd === 'yes' ? 'systemd' : (said.init ?? ''),
    user_id: said.user ?? '',
    user_uid: Number(said.uid ?? 0),
  }
}

const distributions: {readonly [id: string]: string} = {
  debian: 'Debian',
  ubuntu: 'Ubuntu',
  rhel: 'RedHat',
  centos: 'CentOS',
  rocky: 'Rocky',
  almalinux: 'AlmaLinux',
  fedora: 'Fedora',
  alpine: 'Alpine',
  arch: 'Archlinux',
  amzn: 'Amazon',
  ol: 'OracleLinux',
  'opensuse-leap': 'openSUSE Leap',
}

const families: readonly (readonly [string, readonly string[]])[] = [
  ['Debian', ['debian', 'ubuntu']],
  ['RedHat', ['rhel', 'centos', 'rocky', 'almalinux', 'fedora', 'amzn', 'ol']],
  ['Suse', ['suse', 'opensuse', 'opensuse-leap', 'sles']],
  ['Alpine', ['alpine']],
  ['Archlinux', ['arch']],
]

function hardwareFacts(said: Said): Values {
  const number = (key: string) => Number(said[key] ?? 0)
  const virt = said.virt ?? 'none'
  return {
    processor_vcpus: number('vcpus'),
    memtotal_mb: number('MemTotal'),
    memfree_mb: number('MemFree'),
    memavailable_mb: number('MemAvailable'),
    swaptotal_mb: number('SwapTotal'),
    swapfree_mb: number('SwapFree'),
    virtualization_type: virt === 'none' ? 'NA' : (virtualizations[virt] ?? virt),
    virtualization_role: virt === 'none' ? 'NA' : 'guest',
  }
}

const virtualizations: {readonly [name: string]: string} = {
  oracle: 'virtualbox',
  microsoft: 'VirtualPC',
  amazon: 'kvm',
  qemu: 'kvm',
  'systemd-nspawn': 'container',
  'lxc-libvirt': 'lxc',
}

function networkFacts(answer: string): Values {
  const [route = ''] = all(answer, 'route')
  const addresses = all(answer, 'address').map(row => row.split(' '))
  const device = /\bdev (\S+)/.exec(route)?.[1]
  const own = addresses.find(([name]) => name === device)?.[1]
  const [address = '', prefix = ''] = (own ?? '').split('/')
  const gateway = /\bvia (\S+)/.exec(route)?.[1]
  return {
    default_ipv4:
      own === undefined || device === undefined ? {} : {address, prefix, interface: device, gateway: gateway ?? null},
    all_ipv4_addresses: addresses.map(bareAddress).filter(one => !one.startsWith('127.')),
    all_ipv6_addresses: all(answer, 'address6').map(row => bareAddress(row.split(' '))),
    interfaces: all(answer, 'interface'),
  }
}

function bareAddress([, address = '']: readonly string[]): string {
  return address.split('/')[0] ?? ''
}

function mountFacts(answer: string): readonly Value[] {
  const sizes = new Map(all(answer, 'df').map(row => readSize(row.split(' '))))
  return all(answer, 'mount').flatMap(row => {
    const [device = '', fstype = '', mount = ''] = row.split(' ')
    const size = sizes.get(unescapeMount(mount))
    const isReal = device.startsWith('/') || ['overlay', 'zfs', 'btrfs'].includes(fstype)
    return size && isReal ? [{mount: unescapeMount(mount), device, fstype, ...size}] : []
  })
}

function readSize([, total = '0', available = '0', ...mount]: readonly string[]) {
  return [mount.join(' '), {size_total: Number(total) * 1024, size_available: Number(available) * 1024}] as const
}

// The kernel writes blanks in names of mounts as \040.
function unescapeMount(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits) => String.fromCharCode(Number.parseInt(String(digits), 8)))
}

function clockFacts(said: Said): Values {
  const names = rows('epoch\nyear\nmonth\nday\nhour\nminute\nsecond\ntz\ntz_offset\nweekday\ndate\ntime\niso8601')
  return Object.fromEntries(names.map(name => [name, said[name] ?? '']))
}

function prefixed(facts: Values): Values {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [`ansible_${name}`, value]))
}
