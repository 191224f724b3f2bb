import {z} from 'zod'
import {type Change, hostModule} from '../module.ts'
import {allOf, type Shell, sh} from '../shell/shell.ts'
import {bool, text} from './arguments.ts'

const filters = z.record(z.string(), z.union([text, z.array(text)])).default({})

const schema = z.strictObject({
  containers: bool.default(false).describe('Removes containers that do not run.'),
  containers_filters: filters.describe('Only those containers, as in `docker container prune --filter`.'),
  images: bool
    .default(false)
    .describe('Removes images without a name; with the filter dangling: false all unused ones.'),
  images_filters: filters.describe('Only those images, as in `docker image prune --filter`.'),
  networks: bool.default(false).describe('Removes networks that no container is in.'),
  networks_filters: filters.describe('Only those networks, as in `docker network prune --filter`.'),
  volumes: bool.default(false).describe('Removes volumes without a name that no container uses.'),
  volumes_filters: filters.describe('Only those volumes, as in `docker volume prune --filter`.'),
  builder_cache: bool.default(false).describe('Removes what builds have kept.'),
})

type Wanted = z.infer<typeof schema>

/** docker_prune: removes what Docker keeps and nobody uses. */
export const docker_prune = hostModule<Wanted, null>({
  name: 'docker_prune',
  summary: 'Removes containers, images, networks, volumes and caches of builds that nobody uses.',
  topic: 'docker',
  example: {name: 'Free space', docker_prune: {containers: true, images: true}},
  schema,
  action: true,
  probe: () => sh`:`,
  parse: () => null,
  plan: (_, wanted): readonly Change[] => {
    const kinds = commands(wanted).map(({kind}) => kind)
    return kinds.length === 0 ? [] : [{what: 'what nobody uses', before: null, after: kinds, unseen: true}]
  },
  apply: (_, wanted) => allOf(...commands(wanted).map(({command}) => command)),
  result: (_state, _wanted, output) => ({
    stdout: output?.stdout ?? '',
    space_reclaimed: [...(output?.stdout ?? '').matchAll(/^Total(?: reclaimed space)?:\s*(.*)$/gm)].map(
      ([, size = '']) => size,
    ),
  }),
})

function commands(wanted: Wanted): readonly {readonly kind: string; readonly command: Shell}[] {
  const {containers, images, networks, volumes, builder_cache} = wanted
  const all = [
    {kind: 'containers', isWanted: containers, command: prune('container', wanted.containers_filters)},
    {kind: 'images', isWanted: images, command: prune('image', wanted.images_filters)},
    {kind: 'networks', isWanted: networks, command: prune('network', wanted.networks_filters)},
    {kind: 'volumes', isWanted: volumes, command: prune('volume', wanted.volumes_filters)},
    {kind: 'cache of builds', isWanted: builder_cache, command: sh`docker builder prune -f`},
  ]
  return all.filter(({isWanted}) => isWanted)
}

// dangling is an option of docker's command line, no filter.
function prune(kind: string, filters: Wanted['images_filters']): Shell {
  const isAll = ['false', '0'].includes(String(filters.dangling ?? '').toLowerCase())
  const options = Object.entries(filters)
    .filter(([name]) => !(kind === 'image' && name === 'dangling'))
    .flatMap(([name, values]) => [values].flat().flatMap(value => ['--filter', `${name}=${value}`]))
  return sh`docker ${kind} prune -f ${kind === 'image' && isAll ? ['-a'] : []} ${options}`
}
