import {createHash} from 'node:crypto'
import {existsSync} from 'node:fs'
import {mkdir, readdir, readFile, rm, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {packageRoot} from '../../../src/package-root.ts'
import {aptSettings, aptSources, findMirrors} from '../../../src/sandbox/apt-sources.ts'
import {run} from '../../../src/sandbox/local-command.ts'
import {installPackages} from '../../../src/sandbox/machine.ts'
import {cacheFolder} from '../../../src/sandbox/places.ts'

const recipes = join(packageRoot, 'sandbox', 'vagrant')
const cache = join(dirname(cacheFolder), 'vagrant')

/** Builds the box of a bare Debian 13 from Debian's packages, unless the cache has it; the Vagrantfile finds it there. */
export async function buildBox(say: (line: string) => void): Promise<void> {
  const sources = aptSources(await findMirrors(), 'trixie')
  const settings = await aptSettings()
  // Authorities that this machine trusts, and the box, too.
  const authorities = await run`find /usr/local/share/ca-certificates -name '*.crt' -exec cat {} + 2>/dev/null || true`
  const name = `debian13-${await recipeHash([sources, settings, authorities])}`
  if (existsSync(join(cache, `${name}.box`))) return
  say('building the box of the virtual machines (once, about half a minute)')
  // An older keyring does not know the keys of a newer release.
  await installPackages(['debian-archive-keyring'])
  await mkdir(cache, {recursive: true})
  await removeAll()
  await unpack(join(cache, name), sources, settings)
  await run`sh ${join(recipes, 'pack.sh')} ${join(cache, name)} ${join(cache, `${name}.box`)}`
  await run`rm -rf --one-file-system ${join(cache, name)}`
}

/** Makes a folder with the whole system. */
async function unpack(folder: string, sources: string, settings: string): Promise<void> {
  const [sourcesFile, settingsFile] = [`${folder}.sources`, `${folder}.apt.conf`]
  const include = (await lines('packages.txt')).join(',')
  const archives = (await lines('archives.txt')).join(' ')
  const key = await run`dpkg-query --listfiles vagrant | grep '/keys/vagrant.pub$'`
  await writeFile(sourcesFile, sources)
  await writeFile(settingsFile, settings)
  await run`mmdebstrap --mode=root --format=directory --variant=apt --skip=cleanup/apt --quiet \
    --aptopt='Acquire::Languages "none"' --aptopt=${settingsFile} --include=${include} \
    --essential-hook=${`sh ${join(recipes, 'configure.sh')} "$1"`} \
    --customize-hook=${`sh ${join(recipes, 'customize.sh')} "$1" ${key} ${archives}`} \
    --customize-hook=${`upload ${sourcesFile} /etc/apt/sources.list.d/debian.sources`} \
    --customize-hook=${`upload ${settingsFile} /etc/apt/apt.conf.d/90provision`} \
    --customize-hook=${'rm -f "$1"/etc/apt/sources.list "$1"/etc/apt/sources.list.d/0000*'} \
    trixie ${folder} ${sourcesFile}`
  await rm(sourcesFile)
  await rm(settingsFile)
}

/** Removes what older recipes and what was cut off left. */
async function removeAll(): Promise<void> {
  for (const name of await readdir(cache)) await run`rm -rf --one-file-system ${join(cache, name)}`
}

async function recipeHash(facts: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const fact of facts) hash.update(`${fact}\0`)
  for (const file of ['packages.txt', 'archives.txt', 'configure.sh', 'customize.sh', 'pack.sh'])
    hash.update(await readFile(join(recipes, file)))
  return hash.digest('hex').slice(0, 12)
}

async function lines(name: string): Promise<readonly string[]> {
  return (await readFile(join(recipes, name), 'utf8')).trim().split('\n')
}
