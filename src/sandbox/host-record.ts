import {UsageError} from '../errors.ts'

/** Debian 13 or Debian 12. */
export type Release = 'trixie' | 'bookworm'

/** Where a host's Docker finds images: the sandbox's registry of stand-ins, or the real hub. */
export type ImageSource = 'stand-in' | 'hub'

/** What is written down about a host; `base` is the folder of its base system. */
export type HostRecord = {
  readonly name: string
  readonly address: string
  readonly release: Release
  readonly images: ImageSource
  readonly base: string
}

/** Every release that a host can have. */
export const releases: readonly Release[] = ['trixie', 'bookworm']

/** Every image source that a host can have. */
export const imageSources: readonly ImageSource[] = ['stand-in', 'hub']

/** The record in a host.json; throws UsageError when it is not one. */
export function parseHostRecord(text: string, file: string): HostRecord {
  const value = parsed(text)
  const name = stringField(value, 'name')
  const address = stringField(value, 'address')
  const base = stringField(value, 'base')
  const release = releases.find(known => known === stringField(value, 'release'))
  const images = imageSources.find(known => known === stringField(value, 'images'))
  if (name && address && base && release && images) return {name, address, release, images, base}
  throw new UsageError(
    `${file} is not the record of a sandbox host`,
    'Remove the host with `provision sandbox down NAME`',
  )
}

/** Throws UsageError unless every name can be a host name, a file name and a DNS label. */
export function checkNames(names: readonly string[]): void {
  for (const name of names) {
    if (/^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$/.test(name)) continue
    throw new UsageError(`"${name}" cannot name a sandbox host`, 'Use small letters, digits and hyphens, 32 at most')
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function stringField(value: unknown, field: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const found: unknown = Reflect.get(value, field)
  return typeof found === 'string' ? found : undefined
}
