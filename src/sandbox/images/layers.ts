import {mkdir, readFile, rename, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {run} from '../local-command.ts'
import {baseHash, layBuilderFiles, makeBase} from './base-layer.ts'
import {imageCache, sourceFolder} from './image-places.ts'
import {type PackedLayer, packLayer} from './pack-layer.ts'
import {recipeHash} from './recipe-hash.ts'
import type {LayerRecipe} from './recipes.ts'

/** Makes layers, or finds them in the cache; a layer that several images share is made once. */
export type LayerMaker = {
  readonly base: () => Promise<PackedLayer>
  readonly layer: (recipe: LayerRecipe) => Promise<PackedLayer>
  /** Folders of the cache that were asked for. */
  readonly used: () => Promise<string[]>
}

type Made = {readonly folder: string; readonly tree: string; readonly packed: PackedLayer}

/** Gives a maker of layers that keeps temporary files in the folder `work`. */
export function layerMaker(work: string, say: (line: string) => void): LayerMaker {
  const made = new Map<string, Promise<Made>>()
  const once = (name: string, make: () => Promise<Made>) => {
    const found = made.get(name) ?? make()
    made.set(name, found)
    return found
  }
  const base = () => once('base', () => baseLayer(work, say))
  let builderTree: Promise<string> | undefined
  const builder = () => {
    builderTree ??= base().then(made => makeBuilder(made, work))
    return builderTree
  }
  const layer = (recipe: LayerRecipe): Promise<Made> =>
    once(recipe.name, async () => {
      const hash = await recipeHash(recipe, await baseHash(), sourceFolder)
      return cached(recipe.name, hash, async partial => {
        const tree = join(partial, 'tree')
        await layFiles(recipe, tree)
        if (recipe.script === undefined) return
        say(`building the layer ${recipe.name}`)
        const below = await Promise.all(recipe.below.map(layer))
        const lower = [await builder(), ...below.reverse().map(one => one.tree), (await base()).tree]
        await runInChroot(lower, partial, recipe.script)
      })
    })
  return {
    base: async () => (await base()).packed,
    layer: async recipe => (await layer(recipe)).packed,
    used: async () => (await Promise.all(made.values())).map(one => one.folder),
  }
}

async function baseLayer(work: string, say: (line: string) => void): Promise<Made> {
  return cached('base', await baseHash(), partial => {
    say('building the base system of the images (once, about 20 seconds)')
    return makeBase(join(partial, 'tree'), work)
  })
}

/** The finished layer NAME-HASH of the cache; when there is none, `make` fills its tree. */
async function cached(name: string, hash: string, make: (partial: string) => Promise<void>): Promise<Made> {
  const folder = join(imageCache, 'layers', `${name}-${hash}`)
  const record = join(folder, 'layer.json')
  const tree = join(folder, 'tree')
  const known = await readFile(record, 'utf8').catch(() => undefined)
  if (known !== undefined) return {folder, tree, packed: JSON.parse(known)}
  const partial = `${folder}.partial`
  await run`rm -rf --one-file-system ${partial} ${folder}`
  await mkdir(join(partial, 'tree'), {recursive: true})
  await make(partial)
  const packed = await packLayer(join(partial, 'tree'), partial)
  await rename(partial, folder)
  const moved = {...packed, file: join(folder, packed.file.slice(partial.length))}
  await writeFile(record, JSON.stringify(moved))
  return {folder, tree, packed: moved}
}

async function layFiles(recipe: LayerRecipe, tree: string): Promise<void> {
  for (const {from, to} of recipe.files) {
    await mkdir(dirname(join(tree, to)), {recursive: true})
    await run`cp -rT --preserve=mode ${join(sourceFolder, from)} ${join(tree, to)}`
  }
  for (const [path, text] of Object.entries(recipe.texts)) {
    await mkdir(dirname(join(tree, path)), {recursive: true})
    await writeFile(join(tree, path), text)
  }
}

async function makeBuilder(base: Made, work: string): Promise<string> {
  const folder = join(work, 'builder')
  const tree = join(folder, 'tree')
  await mkdir(tree, {recursive: true})
  await layBuilderFiles(tree, work)
  await runInChroot([base.tree], folder, 'images/builder/install.sh')
  return tree
}

/** Runs a script on the layers `lower`, highest first; what it changes lands in the tree of `folder`. */
async function runInChroot(lower: readonly string[], folder: string, script: string): Promise<void> {
  const [work, root] = [join(folder, 'work'), join(folder, 'root')]
  await mkdir(work)
  await mkdir(root)
  const inChroot = join(sourceFolder, 'images/in-chroot.sh')
  // Namespaces of its own: nothing can stay mounted or running, however this ends.
  await run`unshare --mount --pid --fork --kill-child sh ${inChroot} ${lower.join(':')} ${join(folder, 'tree')} ${work} ${root} ${join(sourceFolder, script)}`
  await run`rm -rf --one-file-system ${work} ${root}`
}
