import {createHash} from 'node:crypto'
import {access, mkdir, readFile, rename, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {gateway} from './addresses.ts'
import {daemonProcess, startDaemon, stopDaemon} from './daemon.ts'
import {run, succeeds} from './local-command.ts'
import {cacheFolder, stateFolder} from './places.ts'
import {authorityFile, makeCertificates, registryCertificate} from './registry-certificates.ts'
import {until} from './until.ts'

const folder = join(stateFolder, 'registry')
const contents = join(cacheFolder, 'registry')

/** An OCI image layout whose index names each image as the hub does, e.g. `library/redis:7.4-alpine`. */
export type ImageSet = {readonly layout: string; readonly references: readonly string[]}

/** Starts the registry if it does not run, and puts in the images that it does not have. */
export async function registryUp(images: ImageSet, say: (line: string) => void): Promise<void> {
  await makeCertificates()
  if ((await daemonProcess(folder, 'registry')) === undefined) await startRegistry(say)
  await fillRegistry(images, say)
}

/** Stops the registry; its images stay in the cache. */
export async function registryDown(): Promise<void> {
  await stopDaemon(folder, 'registry')
}

async function startRegistry(say: (line: string) => void): Promise<void> {
  const program = await registryProgram(say)
  const file = join(folder, 'registry.yml')
  await mkdir(contents, {recursive: true})
  await writeFile(file, registryConfiguration(contents))
  await startDaemon({name: 'registry', folder, command: [program, 'serve', file]})
  const answers = () =>
    succeeds`openssl s_client -connect ${`${gateway}:443`} -CAfile ${authorityFile} -verify_return_error </dev/null`
  if (await until(answers, 15)) return
  throw new Error(`The registry does not answer:\n${await run`tail -n 15 ${join(folder, 'registry.log')}`}`)
}

/** Unpacks Debian's registry without installing it: its package would start a service on the machine. */
async function registryProgram(say: (line: string) => void): Promise<string> {
  const unpacked = join(cacheFolder, 'docker-registry')
  const program = join(unpacked, 'usr/bin/docker-registry')
  if (
    await access(program).then(
      () => true,
      () => false,
    )
  )
    return program
  say('fetching the registry from the Debian package docker-registry')
  const partial = `${unpacked}.partial`
  await run`rm -rf ${partial} && mkdir -p ${partial} && cd ${partial} && { apt-get download -qq docker-registry ||
    { apt-get update -qq && apt-get download -qq docker-registry; }; } && dpkg-deb -x docker-registry_*.deb . && rm docker-registry_*.deb`
  await rename(partial, unpacked)
  return program
}

/** docker-registry's configuration: files, TLS, this machine's address on the sandbox network. */
function registryConfiguration(storage: string): string {
  return JSON.stringify({
    version: 0.1,
    log: {level: 'warn', accesslog: {disabled: true}},
    storage: {filesystem: {rootdirectory: storage}},
    http: {addr: `${gateway}:443`, tls: registryCertificate},
  })
}

async function fillRegistry({layout, references}: ImageSet, say: (line: string) => void): Promise<void> {
  const mark = join(contents, 'filled-with')
  const wanted = await fingerprint(layout, references)
  if ((await readFile(mark, 'utf8').catch(() => '')) === wanted) return
  say(`filling the registry with ${references.join(' ')}`)
  for (const reference of references) {
    await run`SSL_CERT_FILE=${authorityFile} skopeo --insecure-policy copy --quiet ${`oci:${layout}:${reference}`} ${`docker://${gateway}:443/${reference}`}`
  }
  await writeFile(mark, wanted)
}

async function fingerprint(layout: string, references: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(await readFile(join(layout, 'index.json')))
  return hash.update(references.join('\n')).digest('hex')
}
