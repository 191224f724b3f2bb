import {execFileSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {chmod, cp, mkdir, mkdtemp, readdir, readFile, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {beforeEach, expect, test} from 'vitest'
import {packageRoot} from '../../src/package-root.ts'
import {writeLayout} from '../../src/sandbox/images/oci-layout.ts'
import {packLayer} from '../../src/sandbox/images/pack-layer.ts'
import {recipeHash} from '../../src/sandbox/images/recipe-hash.ts'
import {imageRecipes, type LayerRecipe} from '../../src/sandbox/images/recipes.ts'

// Layers are packed where hosts are made: by root, with the programs that the sandbox installs.
const asRoot = test.skipIf(process.getuid?.() !== 0)

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'images-'))
})

const sha256 = (bytes: Buffer) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`
const blob = (layout: string, digest: string) => readFile(join(layout, 'blobs', digest.replace(':', '/')))
const json = async (file: string) => JSON.parse(await readFile(file, 'utf8'))

/** A small upper folder of an overlay: a file, a removed file and a folder that replaces the one below. */
async function smallTree(): Promise<string> {
  const tree = join(folder, 'tree')
  await mkdir(join(tree, 'etc/with space'), {recursive: true})
  await writeFile(join(tree, 'etc/motd'), 'hello\n')
  execFileSync('mknod', [join(tree, 'etc/issue'), 'c', '0', '0'])
  execFileSync('mknod', [join(tree, 'etc/with space/old [1]'), 'c', '0', '0'])
  return tree
}

asRoot('a layer holds what the tree holds, and marks what an overlay removed', async () => {
  const layer = await packLayer(await smallTree(), folder)
  const archive = execFileSync('zstd', ['-dcq', layer.file])
  expect(
    execFileSync('tar', ['-t', '--quoting-style=literal'], {input: archive, encoding: 'utf8'}),
  ).toMatchInlineSnapshot(`
    "./
    ./etc/
    ./etc/motd
    ./etc/with space/
    ./etc/.wh.issue
    ./etc/with space/.wh.old [1]
    "
  `)
  expect(layer.digest).toBe(sha256(await readFile(layer.file)))
  expect(layer.diffId).toBe(sha256(archive))
  expect(layer.size).toBe((await readFile(layer.file)).length)
  expect((await readdir(folder)).sort()).toEqual(['layer.tar.zst', 'tree'])
})

asRoot('a folder that replaces the one below hides its contents', async () => {
  const [lower, upper, merged] = ['lower', 'upper', 'merged'].map(name => join(folder, name)) as [
    string,
    string,
    string,
  ]
  for (const path of [join(lower, 'data'), upper, merged, join(folder, 'work')]) await mkdir(path, {recursive: true})
  await writeFile(join(lower, 'data/below'), '')
  const script =
    'mount -t overlay o -o "lowerdir=$1,upperdir=$2,workdir=$4" "$3"; rm -r "$3/data"; mkdir "$3/data"; touch "$3/data/above"'
  const inNamespace = 'script=$1; shift; exec unshare --mount sh -ec "$script" sh "$@"'
  execFileSync('sh', ['-ec', inNamespace, 'sh', script, lower, upper, merged, join(folder, 'work')])
  const layer = await packLayer(upper, folder)
  const archive = execFileSync('zstd', ['-dcq', layer.file])
  expect(execFileSync('tar', ['-t'], {input: archive, encoding: 'utf8'})).toMatchInlineSnapshot(`
    "./
    ./data/
    ./data/above
    ./data/.wh..wh..opq
    "
  `)
})

asRoot('the layout names every image, and each digest is that of its blob', async () => {
  const layer = await packLayer(await smallTree(), folder)
  const layout = join(folder, 'layout')
  const configuration = {Cmd: ['sh'], WorkingDir: '/etc'}
  await writeLayout(layout, [{references: ['library/a:1', 'b/c:2'], layers: [layer], configuration}])

  const index = await json(join(layout, 'index.json'))
  const names = index.manifests.map(
    (one: {annotations: Record<string, string>}) => one.annotations['org.opencontainers.image.ref.name'],
  )
  expect(names).toEqual(['library/a:1', 'b/c:2'])
  const [{digest, size}] = index.manifests
  const manifestBytes = await blob(layout, digest)
  expect(sha256(manifestBytes)).toBe(digest)
  expect(manifestBytes.length).toBe(size)

  const manifest = JSON.parse(manifestBytes.toString())
  expect(manifest.layers).toEqual([{mediaType: layer.mediaType, digest: layer.digest, size: layer.size}])
  expect(await blob(layout, layer.digest)).toEqual(await readFile(layer.file))
  const image = JSON.parse((await blob(layout, manifest.config.digest)).toString())
  expect(image.rootfs.diff_ids).toEqual([layer.diffId])
  expect(image.config).toEqual({...configuration, Labels: {'io.provision.stand-in': 'true'}})
  expect(await json(join(layout, 'oci-layout'))).toEqual({imageLayoutVersion: '1.0.0'})
  expect((await json(join(layout, 'manifest.json')))[0].RepoTags).toEqual(['a:1', 'b/c:2'])
})

test('the hash of a recipe changes with its files, their modes, its texts, the layers below and the base', async () => {
  const sandbox = join(folder, 'sandbox')
  await cp(join(packageRoot, 'sandbox'), sandbox, {recursive: true})
  const below: LayerRecipe = {name: 'below', below: [], files: [], texts: {}, script: 'images/ruby/install.sh'}
  const recipe: LayerRecipe = {name: 'top', below: [below], files: [{from: 'app', to: '/app'}], texts: {'/a': '1'}}
  const hashes = [await recipeHash(recipe, 'base', sandbox)]
  const changed = async (one: LayerRecipe, base = 'base') => hashes.push(await recipeHash(one, base, sandbox))

  await writeFile(join(sandbox, 'app/Rakefile'), '# other\n')
  await changed(recipe)
  await chmod(join(sandbox, 'app/Rakefile'), 0o755)
  await changed(recipe)
  await writeFile(join(sandbox, 'images/ruby/install.sh'), 'true\n')
  await changed(recipe)
  await changed({...recipe, texts: {'/a': '2'}})
  await changed(recipe, 'other base')
  expect(new Set(hashes).size).toBe(hashes.length)

  await writeFile(join(sandbox, 'README.md'), 'not part of it\n')
  expect(await recipeHash(recipe, 'other base', sandbox)).toBe(hashes.at(-1))
})

test('every image has one name only, and Chatwoot comes in both editions', () => {
  const references = imageRecipes().flatMap(image => image.references)
  expect(new Set(references).size).toBe(references.length)
  expect(references).toEqual(
    expect.arrayContaining([
      'chatwoot/chatwoot:v4.15.1',
      'chatwoot/chatwoot:v4.15.1-ce',
      'pgvector/pgvector:pg16',
      'library/redis:7.4-alpine',
      'library/nginx:1.28-alpine',
    ]),
  )
})
