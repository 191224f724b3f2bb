import {createHash} from 'node:crypto'
import {access, mkdir, readdir, readFile, rename, rm, rmdir, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {aptSettings, aptSources, findMirrors} from './apt-sources.ts'
import type {Release} from './host-record.ts'
import {run} from './local-command.ts'
import {installPackages} from './machine.ts'
import {cacheFolder, recipeFolder} from './places.ts'

/** Folder of the unpacked base system of a release; built once for each recipe, and then those go that no host is based on. */
export async function baseSystem(
  release: Release,
  inUse: readonly string[],
  say: (line: string) => void,
): Promise<string> {
  const sources = aptSources(await findMirrors(), release)
  const settings = await aptSettings()
  const folder = join(cacheFolder, await recipeHash([release, sources, settings]), `base-${release}`)
  if (await exists(folder)) return folder
  say(`building the base system of ${release} (once, about half a minute)`)
  // An older keyring does not know the keys of a newer release.
  await installPackages(['debian-archive-keyring'])
  await buildBase({folder, release, sources, settings})
  await removeOldBases(release, [...inUse, folder])
  return folder
}

type Base = {readonly folder: string; readonly release: Release; readonly sources: string; readonly settings: string}

async function buildBase({folder, release, sources, settings}: Base): Promise<void> {
  const partial = `${folder}.partial`
  const sourcesFile = `${folder}.sources`
  const settingsFile = `${folder}.apt.conf`
  const include = (await packageList(`base-${release}`)).join(',')
  const archives = (await packageList(`archives-${release}`)).join(' ')
  const customize = `sh ${join(recipeFolder, 'customize.sh')} ${recipeFolder} "$1" ${archives}`
  await mkdir(dirname(folder), {recursive: true})
  await run`rm -rf --one-file-system ${partial}`
  await writeFile(sourcesFile, sources)
  await writeFile(settingsFile, settings)
  await run`mmdebstrap --mode=root --format=directory --variant=apt --skip=cleanup/apt --quiet \
    --aptopt='Acquire::Languages "none"' --aptopt=${settingsFile} --include=${include} \
    --customize-hook=${customize} --customize-hook=${`upload ${sourcesFile} /etc/apt/sources.list.d/debian.sources`} \
    --customize-hook=${`upload ${settingsFile} /etc/apt/apt.conf.d/90sandbox`} \
    --customize-hook=${'rm -f "$1"/etc/apt/sources.list "$1"/etc/apt/sources.list.d/0000*'} \
    ${release} ${partial} ${sourcesFile}`
  await rm(sourcesFile)
  await rm(settingsFile)
  await rename(partial, folder)
}

async function removeOldBases(release: Release, keep: readonly string[]): Promise<void> {
  for (const recipe of await readdir(cacheFolder)) {
    const folder = join(cacheFolder, recipe, `base-${release}`)
    if (keep.includes(folder) || !(await exists(folder))) continue
    await run`rm -rf --one-file-system ${folder}`
    await rmdir(join(cacheFolder, recipe)).catch(() => undefined)
  }
}

async function recipeHash(facts: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const fact of facts) hash.update(`${fact}\0`)
  for (const file of (await readdir(recipeFolder)).sort()) {
    // run.sh watches hosts from outside; the base does not contain it.
    if (file !== 'run.sh') hash.update(`${file}\0`).update(await readFile(join(recipeFolder, file)))
  }
  return hash.digest('hex').slice(0, 12)
}

async function packageList(name: string): Promise<string[]> {
  const text = await readFile(join(recipeFolder, `${name}.txt`), 'utf8')
  return text.split('\n').filter(line => line !== '')
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
