import {createHash} from 'node:crypto'
import {access, mkdir, readdir, rename} from 'node:fs/promises'
import {join} from 'node:path'
import {withLock} from '../../lock.ts'
import {run} from '../local-command.ts'
import {imageCache} from './image-places.ts'
import {type LayerMaker, layerMaker} from './layers.ts'
import {type Image, writeLayout} from './oci-layout.ts'
import {type ImageRecipe, imageRecipes} from './recipes.ts'

/** Builds the stand-in images from Debian packages, or finds them in the cache: the folder of an OCI image layout and the names in it. */
export async function buildImages(options: {
  say: (line: string) => void
}): Promise<{layout: string; references: string[]}> {
  return withLock('provision-sandbox-images', options.say, () => build(options.say))
}

async function build(say: (line: string) => void): Promise<{layout: string; references: string[]}> {
  const work = join(imageCache, 'work')
  await run`rm -rf --one-file-system ${work}`
  await mkdir(work, {recursive: true})
  const maker = layerMaker(work, say)
  const images = await all(imageRecipes().map(recipe => makeImage(recipe, maker)))
  const layout = await layoutOf(images)
  await removeOthers([layout, ...(await maker.used())])
  await run`rm -rf --one-file-system ${work}`
  return {layout, references: images.flatMap(image => image.references)}
}

async function makeImage({references, layers, configuration}: ImageRecipe, maker: LayerMaker): Promise<Image> {
  return {references, configuration, layers: await all([maker.base(), ...layers.map(maker.layer)])}
}

/** Like Promise.all, but a failure is only thrown when nothing is running any more. */
async function all<Value>(promises: readonly Promise<Value>[]): Promise<Value[]> {
  await Promise.allSettled(promises)
  return Promise.all(promises)
}

async function layoutOf(images: readonly Image[]): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(images)).digest('hex').slice(0, 16)
  const layout = join(imageCache, 'layouts', hash)
  if (await exists(layout)) return layout
  const partial = `${layout}.partial`
  await run`rm -rf ${partial}`
  await mkdir(partial, {recursive: true})
  await writeLayout(partial, images)
  await rename(partial, layout)
  return layout
}

/** Removes what older recipes left in the cache. */
async function removeOthers(kept: readonly string[]): Promise<void> {
  for (const folder of ['layers', 'layouts']) {
    for (const name of await readdir(join(imageCache, folder))) {
      const path = join(imageCache, folder, name)
      if (!kept.includes(path)) await run`rm -rf --one-file-system ${path}`
    }
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
