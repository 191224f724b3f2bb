import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {buildImages} from '../../../src/sandbox/images/images.ts'
import {run} from '../../../src/sandbox/local-command.ts'
import type {SandboxHost} from '../../../src/sandbox/sandbox.ts'
import {copyToHost, onHost} from './look.ts'

/** Loads a stand-in image into the Docker of hosts: from an archive, for older ones cannot read how its layers are packed. */
export async function loadStandIn(name: string, hosts: readonly SandboxHost[]): Promise<void> {
  const {layout} = await buildImages({say: line => console.log(line)})
  const folder = await mkdtemp(join(tmpdir(), 'provision-image-'))
  const file = join(folder, 'image.tar')
  const repacked = `oci:${join(folder, 'repacked')}`

  await run`skopeo --insecure-policy copy --quiet --dest-compress-format gzip ${`oci:${layout}:library/${name}`} ${repacked}`
  await run`skopeo --insecure-policy copy --quiet ${repacked} ${`docker-archive:${file}:${name}`}`
  for (const host of hosts) {
    await copyToHost(host, [file])
    await onHost(host, `docker load -q -i ${file} && rm -r ${folder}`)
  }
  await rm(folder, {recursive: true})
}
