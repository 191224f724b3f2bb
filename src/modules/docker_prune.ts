import {z} from 'zod'
import {type Change, hostModule, type Value} from '../module.ts'
import {allOf, raw, type Shell, sh} from '../shell/shell.ts'
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
  apply: (_, wanted) =>
    allOf(...commands(wanted).map(({kind, command}) => sh`printf '\n== %s\n' ${kind}; ${raw(command)}`)),
  changed: ({stdout}) => prunedOf(stdout).some(({names, bytes}) => names.length > 0 || bytes > 0),
  result: (_state, _wanted, output) => ({
    ...Object.fromEntries(prunedOf(output?.stdout ?? '').flatMap(resultsOf)),
    stdout: output?.stdout ?? '',
  }),
})

/** What was removed of one kind: names or ids, and how much space that gave. */
type Pruned = {readonly kind: string; readonly names: readonly string[]; readonly bytes: number}

function prunedOf(stdout: string): readonly Pruned[] {
  const parts = stdout.split(/^== /m).slice(1)
  return parts.map(part => {
    const [kind = '', ...lines] = part.split('\n')
    const start = lines.findIndex(line => line.startsWith('Deleted '))
    const names = start < 0 ? [] : lines.slice(start + 1, lines.indexOf('', start))
    return {kind, names, bytes: bytesOf(/^Total(?: reclaimed space)?:\s*(.*)$/m.exec(part)?.[1] ?? '')}
  })
}

// Docker's command line rounds: 12.3MB.
function bytesOf(size: string): number {
  const [, digits = '0', unit = ''] = /^([\d.]+)([kMGT]?)B$/.exec(size) ?? []
  return Math.round(Number(digits) * 1000 ** ['', 'k', 'M', 'G', 'T'].indexOf(unit))
}

function resultsOf({kind, names, bytes}: Pruned): readonly (readonly [string, Value])[] {
  const space = [`${kind}_space_reclaimed`, bytes] as const
  if (kind === 'builder_cache') return [space]
  if (kind === 'networks') return [[kind, names]]
  return [[kind, kind === 'images' ? names.map(imageOf) : names], space]
}

function imageOf(line: string): Value {
  const [what = '', ...name] = line.split(': ')
  return {[what === 'untagged' ? 'Untagged' : 'Deleted']: name.join(': ')}
}

function commands(wanted: Wanted): readonly {readonly kind: string; readonly command: Shell}[] {
  const {containers, images, networks, volumes, builder_cache} = wanted
  const all = [
    {kind: 'containers', isWanted: containers, command: prune('container', wanted.containers_filters)},
    {kind: 'images', isWanted: images, command: prune('image', wanted.images_filters)},
    {kind: 'networks', isWanted: networks, command: prune('network', wanted.networks_filters)},
    {kind: 'volumes', isWanted: volumes, command: prune('volume', wanted.volumes_filters)},
    {kind: 'builder_cache', isWanted: builder_cache, command: sh`docker builder prune -f`},
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
