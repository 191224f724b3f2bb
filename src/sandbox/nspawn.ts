import type {HostRecord} from './host-record.ts'
import {namespaceOf} from './network.ts'

/** What systemd-nspawn needs besides its arguments: a writable /proc/sys, as Docker wants it. */
export const nspawnEnvironment = {SYSTEMD_NSPAWN_API_VFS_WRITABLE: '1'}

/** The systemd-nspawn command that boots a host from its root folder, without a systemd on the outside. */
export function nspawnCommand(host: HostRecord, folder: string): [string, ...string[]] {
  return [
    'systemd-nspawn',
    '--quiet',
    '--boot',
    `--directory=${folder}/root`,
    `--machine=${host.name}`,
    `--hostname=${host.name}`,
    '--register=no',
    '--keep-unit',
    '--console=pipe',
    // A link needs a machine id on the outside, and would stay there when the host goes.
    '--link-journal=no',
    '--capability=all',
    // Where the machine's own limits are fixed, services inside must not try to raise them; the clock is the machine's, too.
    '--drop-capability=CAP_SYS_RESOURCE,CAP_SYS_TIME',
    '--system-call-filter=add_key keyctl bpf @keyring',
    // A bind mount on /etc/localtime would break the configuration of tzdata.
    '--timezone=off',
    '--resolv-conf=off',
    // Docker's images cannot lie on the overlay that is the host's disk.
    `--bind=${folder}/docker:/var/lib/docker`,
    `--network-namespace-path=/run/netns/${namespaceOf(host.name)}`,
  ]
}
