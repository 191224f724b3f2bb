import type {Value, Values} from '../value.ts'
import {all} from './answer.ts'

/** Makes Ansible's facts of a host's system, its user and its keys, without ansible_ before their names. */
export function systemFacts(said: {readonly [key: string]: string}, answer: string): Values {
  const {id = '', version = '', debian = '', name = '', nodename = '', codename = ''} = said
  const full = id === 'debian' && /^\d/.test(debian) ? debian : version
  const [major = '', minor] = full.split('.')
  return {
    distribution: distributions[id] ?? name,
    distribution_version: full,
    distribution_major_version: major,
    ...(minor !== undefined && {distribution_minor_version: minor}),
    distribution_release: codename || 'NA',
    distribution_file_variety: distributions[id] ?? name,
    is_chroot: said.chroot === 'yes',
    os_family:
      families.find(([, ids]) => ids.includes(id) || ids.some(one => said.like?.split(' ').includes(one)))?.[0] ?? name,
    lsb: lsbOf(all(answer, 'lsb')),
    system: said.system ?? '',
    kernel: said.kernel ?? '',
    kernel_version: said.build ?? '',
    architecture: said.architecture ?? '',
    machine: said.architecture ?? '',
    machine_id: said.machine_id ?? '',
    userspace_bits: said.bits ?? '',
    userspace_architecture: said.bits === '64' ? (said.architecture ?? '') : 'i386',
    hostname: nodename.split('.')[0] ?? '',
    nodename,
    fqdn: said.fqdn ?? nodename,
    domain: (said.fqdn ?? '').split('.').slice(1).join('.'),
    pkg_mgr: said.package === 'apt-get' ? 'apt' : (said.package ?? 'unknown'),
    service_mgr: said.systemd === 'yes' ? 'systemd' : (said.init ?? ''),
    apparmor: {status: said.apparmor ?? 'disabled'},
    selinux: {status: 'disabled'},
    fips: said.fips === '1',
    env: Object.fromEntries(all(answer, 'env').map(cut)),
    ...userFacts(said),
    ...pythonFacts(said.python),
    ...hostKeys(all(answer, 'hostkey')),
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

function userFacts({
  user = '',
  uid = '0',
  ruid = '0',
  gid = '0',
  rgid = '0',
  passwd = '',
}: {
  [key: string]: string
}): Values {
  const [, , , group = gid, gecos = '', directory = '', shell = ''] = passwd.split(':')
  return {
    user_id: user,
    user_uid: Number(uid),
    user_gid: Number(group),
    user_gecos: gecos,
    user_dir: directory,
    user_shell: shell,
    effective_user_id: Number(uid),
    effective_group_id: Number(gid),
    real_user_id: Number(ruid),
    real_group_id: Number(rgid),
  }
}

/** Of the Python that is on the host, though nothing here needs one. */
function pythonFacts(python = ''): Values {
  const [, executable, version = ''] = /^(\S+) Python (\S+)$/.exec(python) ?? []
  if (executable === undefined) return {}
  const [major = 0, minor = 0, micro = 0] = version.split('.').map(part => Number.parseInt(part, 10))
  const parts = {major, minor, micro}
  return {
    python_version: version,
    python: {executable, version: parts, version_info: [major, minor, micro], type: 'cpython'},
  }
}

function hostKeys(rows: readonly string[]): Values {
  const keys = rows.map(row => row.split(' '))
  return Object.fromEntries(
    keys.flatMap(([name = '', type = '', key = '']): [string, Value][] => [
      [`ssh_host_key_${name}_public`, key],
      [`ssh_host_key_${name}_public_keytype`, type],
    ]),
  )
}

/** What lsb_release says, or the file of that name. */
function lsbOf(lines: readonly string[]): Values {
  const said = Object.fromEntries(lines.map(line => cut(line.replace(/:\s+/, '='))))
  const of = (...names: readonly string[]) =>
    names
      .map(name => said[name])
      .find(one => one !== undefined)
      ?.replace(/^"|"$/g, '')
  const [id, release] = [of('Distributor ID', 'DISTRIB_ID'), of('Release', 'DISTRIB_RELEASE')]
  if (id === undefined || release === undefined) return {}
  const codename = of('Codename', 'DISTRIB_CODENAME') ?? ''
  const description = of('Description', 'DISTRIB_DESCRIPTION') ?? ''
  return {id, release, codename, description, major_release: release.split('.')[0] ?? ''}
}

function cut(line: string): readonly [string, string] {
  return [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]
}
