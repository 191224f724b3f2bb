import {createHash} from 'node:crypto'
import {copyFile, link, mkdir, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {PackedLayer} from './pack-layer.ts'
import type {ImageConfiguration} from './recipes.ts'

/** An image that is ready to be written: its names, all its layers, lowest first, and its configuration. */
export type Image = {
  readonly references: readonly string[]
  readonly layers: readonly PackedLayer[]
  readonly configuration: ImageConfiguration
}

type Descriptor = {readonly mediaType: string; readonly digest: string; readonly size: number}

const created = '2026-06-17T00:00:00Z'
const architecture = process.arch === 'x64' ? 'amd64' : process.arch
const blobs = 'blobs/sha256'

/** Writes an OCI image layout into an existing folder; index.json names each image by `org.opencontainers.image.ref.name`, and manifest.json lets `docker load` read it too. */
export async function writeLayout(folder: string, images: readonly Image[]): Promise<void> {
  await mkdir(join(folder, blobs), {recursive: true})
  await linkLayers(folder, images)
  const written = await Promise.all(images.map(async image => ({image, ...(await writeImage(folder, image))})))
  const manifests = written.flatMap(({image, manifest}) => image.references.map(name => named(manifest, name)))
  const index = {schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests}
  await writeJson(join(folder, 'index.json'), index)
  await writeJson(
    join(folder, 'manifest.json'),
    written.map(({image, configuration}) => ({
      Config: blobPath(configuration.digest),
      RepoTags: image.references.map(shortName),
      Layers: image.layers.map(layer => blobPath(layer.digest)),
    })),
  )
  await writeJson(join(folder, 'oci-layout'), {imageLayoutVersion: '1.0.0'})
}

async function linkLayers(folder: string, images: readonly Image[]): Promise<void> {
  const layers = new Map(images.flatMap(image => image.layers).map(layer => [layer.digest, layer.file]))
  for (const [digest, file] of layers) {
    const target = join(folder, blobPath(digest))
    await link(file, target).catch(() => copyFile(file, target))
  }
}

async function writeImage(
  folder: string,
  {layers, configuration}: Image,
): Promise<{manifest: Descriptor; configuration: Descriptor}> {
  const config = await writeBlob(folder, 'application/vnd.oci.image.config.v1+json', {
    created,
    architecture,
    os: 'linux',
    config: {...configuration, Labels: {'io.provision.stand-in': 'true'}},
    rootfs: {type: 'layers', diff_ids: layers.map(layer => layer.diffId)},
    history: layers.map(() => ({created, created_by: 'provision sandbox'})),
  })
  const mediaType = 'application/vnd.oci.image.manifest.v1+json'
  const descriptors = layers.map(({mediaType, digest, size}) => ({mediaType, digest, size}))
  const manifest = await writeBlob(folder, mediaType, {schemaVersion: 2, mediaType, config, layers: descriptors})
  return {manifest, configuration: config}
}

async function writeBlob(folder: string, mediaType: string, content: object): Promise<Descriptor> {
  const text = JSON.stringify(content)
  const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`
  await writeFile(join(folder, blobPath(digest)), text)
  return {mediaType, digest, size: Buffer.byteLength(text)}
}

function named(manifest: Descriptor, reference: string): object {
  const annotations = {
    'org.opencontainers.image.ref.name': reference,
    'io.containerd.image.name': `docker.io/${reference}`,
  }
  return {...manifest, platform: {architecture, os: 'linux'}, annotations}
}

function shortName(reference: string): string {
  return reference.replace(/^library\//, '')
}

function blobPath(digest: string): string {
  return join(blobs, digest.slice('sha256:'.length))
}

function writeJson(file: string, content: object): Promise<void> {
  return writeFile(file, `${JSON.stringify(content, undefined, 2)}\n`)
}
