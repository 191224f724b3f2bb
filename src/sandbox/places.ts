import {homedir} from 'node:os'
import {join} from 'node:path'
import {packageRoot} from '../package-root.ts'

/** Folder of the shell snippets and unit files that the hosts are made with. */
export const recipeFolder = join(packageRoot, 'sandbox', 'host')

/** Folder of what lives as long as the hosts do: their disks, the keys, the settings to restore. */
export const stateFolder = process.env.PROVISION_SANDBOX_STATE || '/var/lib/provision-sandbox'

/** Folder of what can be made again at any time: base systems, the registry's program and its images. */
export const cacheFolder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'provision', 'sandbox')

/** Private key that opens every sandbox host; made at first use. */
export const keyFile = join(stateFolder, 'ssh', 'id_ed25519')

/** known_hosts file with the real keys of every sandbox host. */
export const knownHostsFile = join(stateFolder, 'known_hosts')

/** Folder of one host: its record, its disk, its log. */
export function hostFolder(name: string): string {
  return join(stateFolder, 'hosts', name)
}
