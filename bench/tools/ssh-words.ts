import {join} from 'node:path'
import type {Scene} from '../scene.ts'

/** The options with which OpenSSH's programs get to the hosts of a scene: their keys checked, nothing asked. */
export function sshWords({folder, keyFile}: Scene): readonly string[] {
  const options = ['BatchMode=yes', 'StrictHostKeyChecking=yes', 'IdentitiesOnly=yes', 'LogLevel=ERROR']
  const files = [`UserKnownHostsFile=${join(folder, '.ssh/known_hosts')}`, 'GlobalKnownHostsFile=/dev/null']
  return ['-F', 'none', '-i', keyFile, ...[...options, ...files].flatMap(option => ['-o', option])]
}
