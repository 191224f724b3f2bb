import type {Value} from '../module.ts'
import {type Shell, sh} from '../shell/shell.ts'
import {all} from './answer.ts'

/** A container of a Compose project. */
type Container = {
  readonly id: string
  readonly name: string
  readonly service: string
  readonly hash: string
  /** The image's name, its id when the container was made, and the id that the name has now (empty when it has none). */
  readonly image: string
  readonly imageId: string
  readonly presentImageId: string
  /** running, exited, created, restarting, paused, dead. */
  readonly state: string
  /** healthy, unhealthy, starting; none without a health check. */
  readonly health: string
  readonly exitCode: number
  readonly restart: string
}

/** A Compose project on a host: the config hash of each service that its file has, and its containers. */
export type Project = {readonly services: {readonly [name: string]: string}; readonly containers: readonly Container[]}

/** The words that begin each call of Compose: with all that names the project's files, and with its profiles alone. */
export type Compose = {readonly whole: readonly string[]; readonly profiles: readonly string[]}

/** What a project is to be. */
export type WantedProject = {
  readonly state: 'present' | 'absent' | 'stopped' | 'restarted'
  readonly services?: readonly string[] | undefined
  readonly recreate: 'always' | 'auto' | 'never'
  readonly remove_orphans: boolean
  readonly wait: boolean
  readonly scale: {readonly [service: string]: number}
}

// ID, not Id: with a field that only the raw answer has, docker gives up on a container without a health check.
// Whether a container runs, from what and how healthy: never from what `up` prints, which changes from version to version.
const container =
  'container={{.ID}}|{{.Name}}|{{index .Config.Labels "com.docker.compose.service"}}|{{index .Config.Labels "com.docker.compose.config-hash"}}|{{.Config.Image}}|{{.Image}}|{{.State.Status}}|{{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}}|{{.State.ExitCode}}|{{.HostConfig.RestartPolicy.Name}}|{{index .Config.Labels "com.docker.compose.oneoff"}}'

/**
 * Asks for the services of a project's file and for its containers; without docker or files there are none. `up` labels a
 * container with the hash of its configuration after env_file was read into it, and `config --hash` does not read env_file:
 * so the whole configuration is written out first, and that is what is hashed.
 */
export function askProject(folder: string, name: string | undefined, compose: Compose): Shell {
  const label = name === undefined ? `project.working_dir=${folder}` : `project=${name}`
  return sh`if command -v docker >/dev/null; then
if cd ${folder} 2>/dev/null; then ${compose.whole} config 2>/dev/null | ${compose.profiles} -f - config --hash '*' 2>/dev/null | sort | sed 's/^/service=/'; fi
c=$(docker ps -aq --no-trunc --filter ${`label=com.docker.compose.${label}`} 2>/dev/null)
if [ -n "$c" ]; then
r=$(docker inspect -f ${container} $c 2>/dev/null | sort); printf '%s\n' "$r"
printf '%s\n' "$r" | cut -d '|' -f 5 | sort -u | while read -r i; do printf 'image=%s|%s\n' "$i" "$(docker image inspect -f '{{.Id}}' "$i" 2>/dev/null)"; done
fi; fi`
}

/** Reads what askProject asked. */
export function readProject(answer: string): Project {
  const images = Object.fromEntries(all(answer, 'image').map(row => row.split('|')))
  return {
    services: Object.fromEntries(all(answer, 'service').map(row => row.split(' '))),
    containers: all(answer, 'container')
      .map(row => row.split('|'))
      .filter(([, , service, , , , , , , , oneoff]) => service !== '' && oneoff !== 'True')
      .map(parts => readContainer(parts, images)),
  }
}

/** The services that are not as wanted, and what is wrong with each. */
export function wrongServices(
  {services, containers}: Project,
  wanted: WantedProject,
): {readonly [service: string]: Value} {
  const chosen = wanted.services ?? []
  const isChosen = (name: string) => chosen.length === 0 || chosen.includes(name)
  if (wanted.state === 'absent') return Object.fromEntries(containers.map(one => [one.service, one.state]))
  if (wanted.state === 'stopped')
    return Object.fromEntries(
      containers.filter(one => isChosen(one.service) && isUp(one)).map(one => [one.service, one.state]),
    )
  const own = Object.entries(services).filter(([name]) => isChosen(name))
  const wrong = own.map(
    ([name, hash]) =>
      [
        name,
        fault(
          containers.filter(one => one.service === name),
          hash,
          wanted,
          wanted.scale[name],
        ),
      ] as const,
  )
  const orphans = containers.filter(one => wanted.remove_orphans && !(one.service in services))
  // Without a file there is nothing to compare with: docker or the file is still to come, and `up` says what is wrong.
  if (own.length === 0) return {project: 'absent'}
  return Object.fromEntries([
    ...wrong.filter(([, said]) => said !== undefined),
    ...orphans.map(one => [one.service, 'orphan']),
  ])
}

function fault(
  containers: readonly Container[],
  hash: string,
  {recreate, wait}: WantedProject,
  number: number | undefined,
): string | undefined {
  if (number === 0 && containers.length === 0) return undefined
  if (containers.length === 0) return 'absent'
  if (number !== undefined && containers.length !== number) return `${containers.length} instead of ${number}`
  return containers
    .map(one => {
      if (recreate !== 'never' && one.hash !== hash) return 'made from another configuration'
      if (recreate !== 'never' && one.imageId !== one.presentImageId) return 'made from another image'
      if (isDone(one)) return undefined
      if (!isUp(one)) return one.state
      return wait && one.health !== 'none' && one.health !== 'healthy' ? one.health : undefined
    })
    .find(said => said !== undefined)
}

function isUp({state}: Container): boolean {
  return state === 'running' || state === 'restarting' || state === 'paused'
}

// A service that is run once and has ended well is as it should be.
function isDone({state, exitCode, restart}: Container): boolean {
  return state === 'exited' && exitCode === 0 && (restart === 'no' || restart === 'on-failure' || restart === '')
}

function readContainer(parts: readonly string[], images: {readonly [name: string]: string | undefined}): Container {
  const [
    id = '',
    name = '',
    service = '',
    hash = '',
    image = '',
    imageId = '',
    state = '',
    health = '',
    exitCode = '0',
    restart = '',
  ] = parts
  const presentImageId = images[image] ?? ''
  return {
    id,
    name: name.replace(/^\//, ''),
    service,
    hash,
    image,
    imageId,
    presentImageId,
    state,
    health,
    exitCode: Number(exitCode),
    restart,
  }
}
