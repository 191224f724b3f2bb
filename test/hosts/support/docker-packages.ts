import {createHash} from 'node:crypto'
import {readdir, readFile, rename, rm, stat, writeFile} from 'node:fs/promises'
import {basename, join} from 'node:path'
import {run} from '../../../src/sandbox/local-command.ts'

/** Folders with Debian's package files, one for each release. */
export type Archives = {readonly bookworm: string; readonly trixie: string}

/** A package file, and what an index of packages says of it. */
export type DebianPackage = {
  readonly file: string
  readonly size: number
  readonly sha256: string
  readonly control: string
}

/** What a package is made of: the first of Debian's packages brings its maintainer scripts, too. */
type Recipe = {
  readonly name: string
  readonly from: readonly (readonly [keyof Archives, string])[]
  readonly relations: readonly string[]
  readonly adapt?: (root: string) => Promise<void>
}

// The relations are those of Docker's own packages: by them apt decides what has to go.
const recipes: readonly Recipe[] = [
  {
    name: 'containerd.io',
    // The runc of Debian 13 asks for a newer C library than Debian 12 has; everything else of it runs there, too.
    from: [
      ['trixie', 'containerd'],
      ['bookworm', 'runc'],
    ],
    relations: [
      'Depends: libseccomp2',
      'Provides: containerd, runc',
      'Conflicts: containerd, runc',
      'Replaces: containerd, runc',
    ],
  },
  {
    name: 'docker-ce',
    from: [
      ['trixie', 'docker.io'],
      ['bookworm', 'tini'],
    ],
    relations: [
      'Depends: containerd.io, docker-ce-cli, iptables, adduser, libsystemd0',
      'Conflicts: docker (<< 1.5~), docker-engine, docker.io',
    ],
    adapt: async root => {
      await rename(join(root, 'usr/bin/tini-static'), join(root, 'usr/bin/docker-init'))
      await rm(join(root, 'usr/bin/tini'))
    },
  },
  {
    name: 'docker-ce-cli',
    from: [['trixie', 'docker-cli']],
    relations: ['Conflicts: docker (<< 1.5~), docker-engine, docker.io'],
  },
  {name: 'docker-buildx-plugin', from: [['trixie', 'docker-buildx']], relations: ['Enhances: docker-ce-cli']},
  {
    name: 'docker-compose-plugin',
    from: [['trixie', 'docker-compose']],
    relations: ['Enhances: docker-ce-cli', 'Conflicts: docker-compose', 'Replaces: docker-compose'],
    adapt: root => rm(join(root, 'usr/bin/docker-compose')),
  },
]

/** Makes packages with the names and relations of Docker's own and the content of Debian's; they work on Debian 12 and 13. */
export async function makeDockerPackages(archives: Archives, folder: string): Promise<readonly DebianPackage[]> {
  const packages: DebianPackage[] = []
  for (const recipe of recipes) packages.push(await makePackage(recipe, archives, folder))
  return packages
}

async function makePackage(recipe: Recipe, archives: Archives, folder: string): Promise<DebianPackage> {
  const root = join(folder, recipe.name)
  const sources = await Promise.all(recipe.from.map(([release, name]) => findPackage(archives[release], name)))
  const [first = '', ...more] = sources
  await run`dpkg-deb --raw-extract ${first} ${root}`
  for (const other of more) await run`dpkg-deb --extract ${other} ${root}`
  await rm(join(root, 'usr/share'), {recursive: true})
  await recipe.adapt?.(root)
  const control = await controlOf(recipe, first)
  await writeFile(join(root, 'DEBIAN/control'), control)
  const built = await run`dpkg-deb --build --root-owner-group -Zzstd -z1 ${root} ${folder}`
  await rm(root, {recursive: true})
  return describePackage(join(folder, basename(/'([^']+\.deb)'/.exec(built)?.[1] ?? built)), control)
}

async function controlOf({name, relations}: Recipe, source: string): Promise<string> {
  const facts = await run`dpkg-deb --field ${source} Version Architecture`
  const about = [
    "Maintainer: provision's tests <tests@example.test>",
    `Description: ${name}, made of Debian's packages`,
  ]
  return [`Package: ${name}`, facts, ...relations, ...about, ''].join('\n')
}

async function describePackage(file: string, control: string): Promise<DebianPackage> {
  const sha256 = createHash('sha256')
    .update(await readFile(file))
    .digest('hex')
  return {file, size: (await stat(file)).size, sha256, control}
}

async function findPackage(folder: string, name: string): Promise<string> {
  const file = (await readdir(folder)).find(one => one.startsWith(`${name}_`) && one.endsWith('.deb'))
  if (file === undefined) throw new Error(`${folder} has no package ${name}`)
  return join(folder, file)
}
