import {createHash, type Hash} from 'node:crypto'
import {lstat, readdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {LayerRecipe} from './recipes.ts'

/** Hash of all that a layer is made from: the base system, the layers below, its texts, its files in `folder` and their modes. */
export async function recipeHash(recipe: LayerRecipe, base: string, folder: string): Promise<string> {
  const hash = createHash('sha256').update(`${base}\0`)
  for (const below of recipe.below) hash.update(await recipeHash(below, base, folder))
  hash.update(JSON.stringify([recipe.name, recipe.files, recipe.texts]))
  const sources = recipe.files.map(file => file.from)
  if (recipe.script !== undefined) sources.push(recipe.script, 'images/in-chroot.sh', 'images/builder')
  for (const source of sources) await hashTree(hash, folder, source)
  return hash.digest('hex').slice(0, 16)
}

/** Adds names, modes and contents under a path to a hash, in an order that is always the same. */
export async function hashTree(hash: Hash, folder: string, path: string): Promise<void> {
  const stats = await lstat(join(folder, path))
  if (stats.isDirectory()) {
    hash.update(`${path}/\0`)
    for (const name of (await readdir(join(folder, path))).sort()) await hashTree(hash, folder, join(path, name))
    return
  }
  const executable = (stats.mode & 0o100) !== 0
  hash.update(`${path}\0${executable}\0${stats.size}\0`).update(await readFile(join(folder, path)))
}
