import {TaskError} from '../errors.ts'
import {isList, isMap, type Value} from '../value.ts'
import type {ContainerMount, ContainerOptions} from './container-fields.ts'
import type {Container} from './container-look.ts'
import {bytesOf, each, host, pairs, type Setting} from './container-setting.ts'

const modes =
  /^(?:rw|ro|[zZ]|consistent|delegated|cached|r?private|r?shared|r?slave|nocopy)(?:,(?:rw|ro|[zZ]|consistent|delegated|cached|r?private|r?shared|r?slave|nocopy))*$/

/** Volumes and directories with a name or a path of the host. */
export const boundVolumes: Setting = {
  name: 'volumes',
  kind: 'set',
  wanted: ({volumes}) => volumes?.flatMap(bindOf),
  seen: host('Binds'),
  flags: ({volumes = []}) => each('-v', [...volumes.flatMap(bindOf), ...volumes.flatMap(anonymousOf)]),
}

/** Volumes that nobody named. */
export const anonymousVolumes: Setting = {
  name: 'volumes',
  kind: 'set',
  wanted: ({volumes}) => volumes?.flatMap(anonymousOf),
  seen: ({Config}) => (isMap(Config.Volumes) ? Object.keys(Config.Volumes) : []),
  flags: () => [],
}

/** What `docker create` is told of mounts. */
export function mountFlags({mounts = []}: ContainerOptions): readonly string[] {
  return each('--mount', mounts.map(fieldsOf))
}

/** Whether a container has other mounts; `strict`: or more of them. */
export function hasOtherMounts({HostConfig}: Container, {mounts}: ContainerOptions, isStrict: boolean): boolean {
  const seen = isList(HostConfig.Mounts) ? HostConfig.Mounts : []
  const isThere = (mount: ContainerMount) => seen.some(one => contains(one, toldOf(mount)))
  return mounts !== undefined && (!mounts.every(isThere) || (isStrict && seen.length > mounts.length))
}

// As Ansible writes them: always with a mode, so that Docker says the same of them.
function bindOf(text: string): readonly string[] {
  const [from = '', to = '', mode = 'rw'] = text.split(':')
  return to === '' || modes.test(to) ? [] : [[from, to, mode].join(':')]
}

function anonymousOf(text: string): readonly string[] {
  const [, second = ''] = text.split(':')
  return second === '' || modes.test(second) ? [text] : []
}

/** A mount as Docker tells it, of what is said of it. */
function toldOf(mount: ContainerMount): Value {
  const {target, source, type, read_only, propagation, no_copy, labels, volume_driver, volume_options} = mount
  const driver = volume_driver === undefined ? undefined : {Name: volume_driver, Options: volume_options}
  return told({
    Target: target,
    Source: source,
    Type: type,
    ReadOnly: read_only,
    BindOptions: told({Propagation: propagation}),
    VolumeOptions: told({NoCopy: no_copy, Labels: labels, DriverConfig: driver && told(driver)}),
    TmpfsOptions: told({SizeBytes: bytesOf('tmpfs_size', mount.tmpfs_size), Mode: octal(mount.tmpfs_mode)}),
  })
}

function told(parts: {readonly [name: string]: Value | undefined}): Value {
  return Object.fromEntries(Object.entries(parts).flatMap(([name, part]) => (part === undefined ? [] : [[name, part]])))
}

function octal(mode: string | undefined): number | undefined {
  return mode === undefined ? undefined : Number.parseInt(mode, 8)
}

/** Docker leaves out what is empty, zero or false. */
function contains(seen: Value | undefined, wanted: Value): boolean {
  if (isMap(wanted)) {
    const parts = isMap(seen) ? seen : {}
    return Object.entries(wanted).every(([name, part]) => contains(parts[name], part))
  }
  return (seen ?? '') === wanted || ((seen ?? '') === '' && (wanted === false || wanted === 0))
}

// Docker reads them as a line of CSV.
function fieldsOf(mount: ContainerMount): string {
  const {target, source, type, read_only, propagation, no_copy, volume_driver, tmpfs_mode} = mount
  if (source === undefined && type === 'bind')
    throw new TaskError({message: `source must be specified for mount "${target}" of type "bind"`})
  const size = bytesOf('tmpfs_size', mount.tmpfs_size)
  const fields = [
    `type=${type}`,
    ...(source === undefined ? [] : [`source=${source}`]),
    `target=${target}`,
    ...(read_only ? ['readonly'] : []),
    ...(propagation === undefined ? [] : [`bind-propagation=${propagation}`]),
    ...(no_copy ? ['volume-nocopy'] : []),
    ...pairs(mount.labels ?? {}, '=').map(pair => `volume-label=${pair}`),
    ...(volume_driver === undefined ? [] : [`volume-driver=${volume_driver}`]),
    ...pairs(mount.volume_options ?? {}, '=').map(pair => `volume-opt=${pair}`),
    ...(size === undefined ? [] : [`tmpfs-size=${size}`]),
    ...(tmpfs_mode === undefined ? [] : [`tmpfs-mode=${tmpfs_mode}`]),
  ]
  return fields.map(field => (/[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',')
}
