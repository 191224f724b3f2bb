import {createHash} from 'node:crypto'
import {mkdir, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {aptSettings, aptSources, findMirrors} from '../apt-sources.ts'
import {run} from '../local-command.ts'
import {sourceFolder} from './image-places.ts'
import {hashTree} from './recipe-hash.ts'

const release = 'trixie'
const recipe = 'images/base'

/** Hash of what the base system is made from, the mirror apart. */
export async function baseHash(): Promise<string> {
  const hash = createHash('sha256').update(release)
  await hashTree(hash, sourceFolder, recipe)
  return hash.digest('hex').slice(0, 16)
}

/** Unpacks the smallest Debian that has apt into a new folder; about 20 seconds. */
export async function makeBase(tree: string, work: string): Promise<void> {
  const packages = (await readFile(join(sourceFolder, recipe, 'packages.txt'), 'utf8')).trim().split('\n')
  const {sources, settings} = await writeAptFiles(work)
  const left = ['man', 'doc', 'info', 'locale', 'lintian'].map(name => `--dpkgopt=path-exclude=/usr/share/${name}/*`)
  const customize = `sh ${join(sourceFolder, recipe, 'customize.sh')} "$1"`
  await run`mmdebstrap --mode=root --format=directory --variant=apt --quiet --aptopt=${settings} ${left} \
    --aptopt=${'Acquire::Languages "none"'} --include=${packages.join(',')} --customize-hook=${customize} \
    ${release} ${tree} ${sources}`
}

/** Makes the layer that others are built on and no image contains: where packages come from, and their lists. */
export async function layBuilderFiles(tree: string, work: string): Promise<void> {
  const {sources, settings} = await writeAptFiles(work)
  await mkdir(join(tree, 'etc/apt/sources.list.d'), {recursive: true})
  await mkdir(join(tree, 'etc/apt/apt.conf.d'), {recursive: true})
  await run`cp ${sources} ${join(tree, 'etc/apt/sources.list.d/debian.sources')}`
  await run`cp ${settings} ${join(tree, 'etc/apt/apt.conf.d/90sandbox')}`
  await run`cp /etc/resolv.conf ${join(tree, 'etc/resolv.conf')}`
}

async function writeAptFiles(work: string): Promise<{sources: string; settings: string}> {
  const sources = join(work, 'debian.sources')
  const settings = join(work, 'apt.conf')
  await writeFile(sources, aptSources(await findMirrors(), release))
  await writeFile(settings, `${await aptSettings()}Acquire::Languages "none";\n`)
  return {sources, settings}
}
