import type {Value, Values} from '../module.ts'
import {lines, sh} from '../shell/shell.ts'
import {all, fields, rows} from './answer.ts'
import {hardwareFacts} from './hardware-facts.ts'
import {askLocal, localFacts} from './local-facts.ts'
import {askNetwork, networkFacts} from './network-facts.ts'
import {systemFacts} from './system-facts.ts'

const system = sh`if [ -r /etc/os-release ]; then . /etc/os-release; fi
printf 'id=%s\nversion=%s\ncodename=%s\nlike=%s\nname=%s\n' "$ID" "$VERSION_ID" "$VERSION_CODENAME" "$ID_LIKE" "$NAME"
printf 'debian=%s\n' "$(cat /etc/debian_version 2>/dev/null)"
printf 'system=%s\nkernel=%s\nbuild=%s\narchitecture=%s\nnodename=%s\n' "$(uname -s)" "$(uname -r)" "$(uname -v)" "$(uname -m)" "$(uname -n)"
printf 'fqdn=%s\n' "$(hostname -f 2>/dev/null || uname -n)"
printf 'machine_id=%s\n' "$(cat /etc/machine-id 2>/dev/null)"
printf 'bits=%s\n' "$(getconf LONG_BIT 2>/dev/null)"
printf 'user=%s\nuid=%s\nruid=%s\ngid=%s\nrgid=%s\n' "$(id -un)" "$(id -u)" "$(id -ru)" "$(id -g)" "$(id -rg)"
printf 'passwd=%s\n' "$(getent passwd "$(id -u)" 2>/dev/null || grep "^[^:]*:[^:]*:$(id -u):" /etc/passwd)"
env | sed -n 's/^[A-Za-z_][A-Za-z0-9_]*=/env=&/p'
if command -v python3 >/dev/null; then printf 'python=%s %s\n' "$(command -v python3)" "$(python3 -V 2>&1)"; fi
for f in /etc/ssh/ssh_host_*_key.pub; do [ ! -r "$f" ] || { t=\${f##*/ssh_host_}; printf 'hostkey=%s %s\n' "\${t%_key.pub}" "$(cat "$f")"; }; done
if [ -f /etc/lsb-release ]; then sed 's/^/lsb=/' /etc/lsb-release; elif command -v lsb_release >/dev/null; then lsb_release -a 2>/dev/null | sed 's/^/lsb=/'; fi
if [ -d /sys/kernel/security/apparmor ]; then echo apparmor=enabled; fi
printf 'fips=%s\n' "$(cat /proc/sys/crypto/fips_enabled 2>/dev/null)"
if r=$(stat -c '%d %i' /proc/1/root/. 2>/dev/null) && [ "$r" != "$(stat -c '%d %i' /)" ]; then echo chroot=yes; fi
printf 'init=%s\n' "$(cat /proc/1/comm 2>/dev/null)"; if [ -d /run/systemd/system ]; then echo systemd=yes; fi
for p in apt-get dnf yum apk zypper pacman; do if command -v $p >/dev/null; then echo "package=$p"; break; fi; done`

const hardware = sh`printf 'vcpus=%s\n' "$(nproc 2>/dev/null || grep -c '^processor' /proc/cpuinfo)"
awk -F ': *' '{sub(/[ \t]+$/, "", $1)} $1 ~ /^(processor|vendor_id|model name|physical id|cpu cores|siblings)$/ {print "cpu=" $1 "=" $2}' /proc/cpuinfo
awk '$1 ~ /^(MemTotal|MemFree|MemAvailable|SwapTotal|SwapFree|SwapCached|Buffers|Cached):$/ {sub(":", "", $1); print $1 "=" int($2 / 1024)}' /proc/meminfo
awk '{print "uptime=" int($1)}' /proc/uptime
for f in sys_vendor product_name product_version product_serial product_uuid bios_date bios_vendor bios_version board_name board_vendor; do [ ! -r "/sys/class/dmi/id/$f" ] || printf 'dmi=%s=%s\n' "$f" "$(cat "/sys/class/dmi/id/$f")"; done
virt=$(systemd-detect-virt 2>/dev/null); [ -n "$virt" ] || { if [ -f /.dockerenv ]; then virt=docker; elif grep -q '^flags.* hypervisor' /proc/cpuinfo 2>/dev/null; then virt=unknown; else virt=none; fi; }
echo "virt=$virt"`

// Only what lies on a device; pseudo file systems are of no interest. The kernel writes blanks in names as \\040. df -P counts in 1024 bytes.
const mounts = sh`awk '$1 ~ /^\\// || $1 ~ /:\\// || $2 == "/" || $3 == "zfs" {print $2, $1, $3, $4}' /proc/mounts | while read -r m d t o; do
df -kP -- "$(printf '%b' "$m")" 2>/dev/null | awk -v about="$d $t $o $m" 'NR == 2 {for (i = NF; i > 4; i--) if ($i ~ /^([0-9]+%|-)$/) {print "mount=" $(i - 3) " " $(i - 1) " " about; exit}}'; done`

const clock = sh`date '+epoch=%s%nepoch_int=%s%nyear=%Y%nmonth=%m%nday=%d%nhour=%H%nminute=%M%nsecond=%S%ntz=%Z%ntz_offset=%z%nweekday=%A%nweekday_number=%w%nweeknumber=%W%ndate=%Y-%m-%d%ntime=%H:%M:%S'
date -u '+iso8601=%Y-%m-%dT%H:%M:%SZ%niso8601_basic_short=%Y%m%dT%H%M%S'`

/** Asks all facts, without Python and without root. */
export const askFacts = lines(system, hardware, askNetwork, mounts, clock, askLocal)

/** Makes Ansible's facts (all names with ansible_) of what askFacts answered. */
export function readFacts(answer: string): Values {
  const said = fields(answer)
  return prefixed({
    ...systemFacts(said, answer),
    ...hardwareFacts(said, answer),
    ...networkFacts(answer),
    mounts: mountFacts(answer),
    date_time: clockFacts(said),
    local: localFacts(answer),
  })
}

function mountFacts(answer: string): readonly Value[] {
  const told = all(answer, 'mount').map(row => {
    const [total = '0', available = '0', device = '', fstype = '', options = '', ...mount] = row.split(' ')
    const sizes = {size_total: Number(total) * 1024, size_available: Number(available) * 1024}
    return {mount: unescapeMount(mount.join(' ')), device, fstype, options, ...sizes}
  })
  // Of what is mounted twice on one place, the later lies above.
  return told.filter((one, index) => !told.slice(index + 1).some(({mount}) => mount === one.mount))
}

function unescapeMount(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits) => String.fromCharCode(Number.parseInt(String(digits), 8)))
}

function clockFacts(said: {readonly [key: string]: string}): Values {
  const names = rows(
    'epoch\nyear\nmonth\nday\nhour\nminute\nsecond\ntz\ntz_offset\nweekday\ndate\ntime\niso8601\nepoch_int\nweekday_number\nweeknumber\niso8601_basic_short',
  )
  return Object.fromEntries(names.map(name => [name, said[name] ?? '']))
}

function prefixed(facts: Values): Values {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [`ansible_${name}`, value]))
}
