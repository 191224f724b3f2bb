import {readFileSync} from 'node:fs'
import {run} from '../src/sandbox/local-command.ts'
import {type SandboxHost, sandboxDown, sandboxList, sandboxUp, type UpOptions} from '../src/sandbox/sandbox.ts'
import type {Place, Scene} from './scene.ts'

/** The hosts of a benchmark, all in order and with the Python that the others need. */
export type Hosts = {
  readonly places: readonly Place[]
  readonly user: string
  readonly keyFile: string
  readonly remove: () => Promise<void>
}

/** Makes throwaway hosts. */
export async function makeHosts(
  {names, release}: Pick<UpOptions, 'names' | 'release'>,
  say: (line: string) => void,
): Promise<Hosts> {
  const hosts = await sandboxUp({names, release, say}).catch(async error => {
    const made = (await sandboxList()).map(host => host.name).filter(name => names.includes(name))
    await sandboxDown({names: made, say})
    throw error
  })
  const [first] = hosts
  if (!first) throw new Error('a benchmark needs a host')
  return {
    places: hosts.map(placeOf),
    user: first.user,
    keyFile: first.keyFile,
    remove: () => sandboxDown({names, say}),
  }
}

/** Runs a script as root on all hosts at once, over plain ssh. */
export async function onHosts({places, user, keyFile}: Pick<Scene, 'places' | 'user' | 'keyFile'>, script: string) {
  const options = ['BatchMode=yes', 'StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR']
  const words = ['-F', 'none', '-i', keyFile, ...options.flatMap(option => ['-o', option])]
  await Promise.all(
    places.map(
      ({address, port}) =>
        run`ssh ${words} -p ${port} ${`${user}@${address}`} ${`sudo -n sh -c '${script.replaceAll("'", "'\\''")}'`}`,
    ),
  )
}

function placeOf({name, address, port, knownHostsFile}: SandboxHost): Place {
  const lines = readFileSync(knownHostsFile, 'utf8').split('\n')
  const keys = lines.filter(line => line.startsWith(`${name},`)).map(line => line.slice(line.indexOf(' ') + 1))
  return {name, address, port, keys}
}
