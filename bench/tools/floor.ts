import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Scene} from '../scene.ts'
import {recordProbes} from './probes.ts'
import {sshWords} from './ssh-words.ts'
import type {Tool} from './tool.ts'

/** What cannot be done faster by OpenSSH: all probes in one script per host, all hosts at once; for the large file, scp. */
export async function floorFor(scene: Scene): Promise<Tool> {
  writeFileSync(join(scene.folder, 'probes.sh'), await recordProbes('thirty.yml', scene))
  return {
    name: 'floor',
    command: ({name}, {folder}) => {
      if (name === 'no-op') return {folder, words: ['sh', '-c', atOnce(scene, probes)]}
      if (name === '2 MB file') return {folder, words: ['sh', '-c', atOnce(scene, scp('little'))]}
      if (name === '200 MB file') return {folder, words: ['sh', '-c', atOnce(scene, scp('big'))]}
      return undefined
    },
  }
}

type Line = (options: string, user: string, address: string, port: number) => string

const probes: Line = (options, user, address, port) =>
  `ssh ${options} -p ${port} ${user}@${address} sudo -n sh <probes.sh >/dev/null`

function scp(name: string): Line {
  return (options, user, address, port) => `scp -q ${options} -P ${port} files/${name} ${user}@${address}:${name}`
}

/** Runs a command for each host at the same time, and fails if one of them does. */
function atOnce(scene: Scene, line: Line): string {
  const options = sshWords(scene)
    .map(word => `'${word}'`)
    .join(' ')
  const starts = scene.places.map(
    ({address, port}) => `{ ${line(options, scene.user, address, port)}; } & all="$all $!"`,
  )
  return [...starts, 'for one in $all; do wait "$one" || exit 1; done'].join('\n')
}
