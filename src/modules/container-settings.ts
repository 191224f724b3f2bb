import {isMap} from '../value.ts'
import {commandWords} from './command-words.ts'
import type {ContainerOptions} from './container-fields.ts'
import {healthcheck} from './container-health.ts'
import type {Container} from './container-look.ts'
import {wholeLink} from './container-networks.ts'
import {exposedPorts, publishedPorts} from './container-ports.ts'
import {resources} from './container-resources.ts'
import {
  config,
  each,
  host,
  list,
  map,
  one,
  option,
  pairs,
  parts,
  type Setting,
  set,
  texts,
  toggle,
  value,
} from './container-setting.ts'
import {anonymousVolumes, boundVolumes} from './container-volumes.ts'

/** What runs: docker's command line takes one word of the entrypoint, the rest goes before the command. */
const starts: readonly Setting[] = [
  {
    name: 'entrypoint',
    kind: 'whole',
    wanted: ({entrypoint, command = []}) =>
      entrypoint === undefined ? undefined : [...commandWords(entrypoint), ...commandWords(command)],
    seen: ({Config}) => [...texts(Config.Entrypoint), ...texts(Config.Cmd)],
    flags: ({entrypoint}) =>
      option('--entrypoint', entrypoint === undefined ? undefined : (commandWords(entrypoint)[0] ?? '')),
  },
  {
    name: 'command',
    kind: 'whole',
    wanted: ({entrypoint, command}) =>
      command === undefined || entrypoint !== undefined ? undefined : commandWords(command),
    seen: config('Cmd'),
    flags: () => [],
  },
  {
    name: 'env',
    kind: 'set',
    wanted: ({env}) => env && pairs(env, '='),
    seen: config('Env'),
    // Named without a value they are taken from docker's own environment: values do not show in argument lists.
    flags: ({env = {}, env_file}) => [...option('--env-file', env_file), ...each('-e', Object.keys(env))],
    image: 'Env',
  },
]

const network: readonly Setting[] = [
  publishedPorts,
  toggle('publish_all_ports', '--publish-all', all => all.publish_all_ports, host('PublishAllPorts')),
  exposedPorts,
  value('network_mode', '--network', networkMode, ({HostConfig}) => texts(HostConfig.NetworkMode).map(plainMode)),
  set('links', '--link', all => all.links, seenLinks, wholeLink),
  value('hostname', '--hostname', all => all.hostname, config('Hostname')),
  value('domainname', '--domainname', all => all.domainname, config('Domainname')),
  value('mac_address', '--mac-address', all => all.mac_address?.replaceAll('-', ':'), config('MacAddress')),
  map('etc_hosts', '--add-host', all => all.etc_hosts, host('ExtraHosts'), ':'),
  list('dns_servers', '--dns', all => all.dns_servers, host('Dns')),
  set('dns_opts', '--dns-option', all => all.dns_opts, host('DnsOptions')),
  list('dns_search_domains', '--dns-search', all => all.dns_search_domains, host('DnsSearch')),
]

const files: readonly Setting[] = [
  boundVolumes,
  anonymousVolumes,
  set('volumes_from', '--volumes-from', all => all.volumes_from, host('VolumesFrom')),
  value('volume_driver', '--volume-driver', all => all.volume_driver, host('VolumeDriver')),
  set(
    'tmpfs',
    '--tmpfs',
    all => all.tmpfs,
    ({HostConfig}) => texts(HostConfig.Tmpfs, ':'),
    text => (text.includes(':') ? text : `${text}:`),
  ),
  map('storage_opts', '--storage-opt', all => all.storage_opts, host('StorageOpt')),
  set(
    'devices',
    '--device',
    all => all.devices,
    ({HostConfig}) => parts(HostConfig.Devices, ['PathOnHost', 'PathInContainer', 'CgroupPermissions']),
    wholeDevice,
  ),
  toggle('read_only', '--read-only', all => all.read_only, host('ReadonlyRootfs')),
]

const rights: readonly Setting[] = [
  value('user', '--user', all => all.user, config('User')),
  set('groups', '--group-add', all => all.groups, host('GroupAdd')),
  toggle('privileged', '--privileged', all => all.privileged, host('Privileged')),
  set('capabilities', '--cap-add', all => all.capabilities, named('CapAdd'), capability),
  set('cap_drop', '--cap-drop', all => all.cap_drop, named('CapDrop'), capability),
  set('security_opts', '--security-opt', all => all.security_opts, host('SecurityOpt')),
  map('sysctls', '--sysctl', all => all.sysctls, host('Sysctls')),
  value('ipc_mode', '--ipc', all => all.ipc_mode, host('IpcMode')),
  value('pid_mode', '--pid', all => all.pid_mode, host('PidMode')),
  value('uts', '--uts', all => all.uts, host('UTSMode')),
  value('userns_mode', '--userns', all => all.userns_mode, host('UsernsMode')),
  value('cgroup_parent', '--cgroup-parent', all => all.cgroup_parent, host('CgroupParent')),
  value('cgroupns_mode', '--cgroupns', all => all.cgroupns_mode, host('CgroupnsMode')),
]

const life: readonly Setting[] = [
  {
    ...value('restart_policy', '--restart', restartPolicy, ({HostConfig}) => policyOf(HostConfig.RestartPolicy)),
    wanted: ({restart_policy}) => one(restart_policy),
    updates: true,
  },
  {
    name: 'restart_retries',
    kind: 'whole',
    wanted: ({restart_retries}) => one(restart_retries),
    seen: ({HostConfig}) => parts([HostConfig.RestartPolicy ?? null], ['MaximumRetryCount']).flatMap(text => one(text)),
    flags: () => [],
    updates: true,
  },
  toggle('auto_remove', '--rm', all => all.auto_remove, host('AutoRemove')),
  healthcheck,
  value('stop_signal', '--stop-signal', all => all.stop_signal, config('StopSignal')),
  value('working_dir', '--workdir', all => all.working_dir, config('WorkingDir')),
  {...map('labels', '--label', all => all.labels, config('Labels')), image: 'Labels'},
  value(
    'log_driver',
    '--log-driver',
    all => all.log_driver,
    ({HostConfig}) => parts([HostConfig.LogConfig ?? null], ['Type']),
  ),
  map(
    'log_options',
    '--log-opt',
    all => all.log_options,
    ({HostConfig}) => texts(isMap(HostConfig.LogConfig) ? HostConfig.LogConfig.Config : null),
  ),
  value('runtime', '--runtime', all => all.runtime, host('Runtime')),
  toggle('init', '--init', all => all.init, host('Init')),
  toggle('interactive', '--interactive', all => all.interactive, config('OpenStdin')),
  toggle('tty', '--tty', all => all.tty, config('Tty')),
]

/** All arguments that are compared as texts: mounts are compared part by part, and networks are joined and left. */
export const settings = [...starts, ...network, ...files, ...rights, ...life, ...resources]

/** The words of the command that stand after the image. */
export function wordsAfterImage({entrypoint = [], command = []}: ContainerOptions): readonly string[] {
  return [...commandWords(entrypoint).slice(1), ...commandWords(command)]
}

// The first of the networks stands for it, as on docker's command line.
function networkMode({network_mode, networks = []}: ContainerOptions): string | undefined {
  const mode = network_mode ?? networks[0]?.name
  return mode === undefined ? undefined : plainMode(mode)
}

function plainMode(mode: string): string {
  return mode === 'default' ? 'bridge' : mode
}

/** Docker writes links down as /other:/this/name. */
function seenLinks({HostConfig}: Container): readonly string[] {
  return texts(HostConfig.Links).map(link => link.replace(/^\/(.*):\/[^/]*\/(.*)$/, '$1:$2'))
}

function wholeDevice(device: string): string {
  const [from = '', to = from, rights = 'rwm'] = device.split(':')
  return [from, to, rights].join(':')
}

function named(key: string): Setting['seen'] {
  return ({HostConfig}) => texts(HostConfig[key]).map(capability)
}

function capability(name: string): string {
  return name.toUpperCase().replace(/^CAP_/, '')
}

function restartPolicy({restart_policy, restart_retries}: ContainerOptions): string | undefined {
  const hasRetries = restart_policy === 'on-failure' && restart_retries !== undefined
  return hasRetries ? `${restart_policy}:${restart_retries}` : restart_policy
}

function policyOf(told: Container['HostConfig'][string] | undefined): readonly string[] {
  const [name = ''] = parts([told ?? null], ['Name'])
  return [name === '' ? 'no' : name]
}
