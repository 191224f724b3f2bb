import {allOf, raw, type Shell, sh} from '../shell/shell.ts'
import type {WantedContainer} from './container-fields.ts'
import type {Container} from './container-look.ts'
import {
  connectWords,
  firstNetworkWords,
  laterNetworks,
  networkNames,
  otherNetworks,
  unwantedNetworks,
} from './container-networks.ts'
import {option, pairs} from './container-setting.ts'
import {settings, wordsAfterImage} from './container-settings.ts'
import {mountFlags} from './container-volumes.ts'

/** Makes a container, instead of the one that is there; without an image of its own of that one's image. */
export function make(wanted: WantedContainer, present: Container | undefined): Shell {
  const {name, pull, state, stop_timeout, paused, image = present?.Image ?? ''} = wanted
  const exported = pairs(wanted.env ?? {}, '=')
  const exports = exported.length === 0 ? sh`:` : sh`export ${exported}`
  const options = [
    ...settings.flatMap(({flags}) => flags(wanted)),
    ...mountFlags(wanted),
    ...firstNetworkWords(wanted),
    ...option('--stop-timeout', stop_timeout),
  ]
  const networks = (wanted.networks ?? []).map(network => network.name)
  return allOf(
    // What is missing is to be found before the old container goes.
    ...networks.map(network => sh`docker network inspect -- ${network} >/dev/null`),
    ...(pull === 'missing'
      ? [sh`docker image inspect -- ${image} >/dev/null 2>&1 || docker pull -q -- ${image} >/dev/null`]
      : []),
    ...(present ? [remove(wanted)] : []),
    sh`(${raw(exports)}; docker create --pull never --name ${name} ${options} -- ${image} ${wordsAfterImage(wanted)} >/dev/null)`,
    ...laterNetworks(wanted).map(network => sh`docker network connect ${connectWords(network)} ${name}`),
    ...(state === 'started' ? [start(wanted, paused ? 'paused' : 'started')] : []),
  )
}

/** Starts a container, starts it again, has it stand still or go on. */
export function start({name, stop_timeout}: WantedContainer, goal: string): Shell {
  const patience = option('-t', stop_timeout)
  if (goal === 'restarted') return sh`docker restart ${patience} -- ${name} >/dev/null`
  if (goal === 'running') return sh`docker unpause ${name} >/dev/null`
  const run = sh`docker start -- ${name} >/dev/null`
  return goal === 'paused' ? sh`${raw(run)} && docker pause ${name} >/dev/null` : run
}

/** Stops a container, or kills it. */
export function stop({name, stop_timeout, force_kill, kill_signal}: WantedContainer): Shell {
  return force_kill
    ? sh`docker kill ${option('-s', kill_signal)} -- ${name} >/dev/null`
    : sh`docker stop ${option('-t', stop_timeout)} -- ${name} >/dev/null`
}

/** Removes a container; one that goes by itself when it is stopped may be gone by then. */
export function remove(wanted: WantedContainer): Shell {
  const {name, keep_volumes} = wanted
  return sh`${raw(stop(wanted))}
if docker container inspect -- ${name} >/dev/null 2>&1; then docker rm -f ${keep_volumes ? [] : ['-v']} -- ${name} >/dev/null; fi`
}

/** Changes what can be changed while a container runs. */
export function update(wanted: WantedContainer): Shell {
  const flags = settings.filter(({updates}) => updates).flatMap(setting => setting.flags(wanted))
  return sh`docker update ${flags} -- ${wanted.name} >/dev/null`
}

/** Connects a container with its networks as is wanted; `purges`: takes it out of all others. */
export function connect(wanted: WantedContainer, container: Container, purges: boolean): Shell {
  const {name} = wanted
  const other = otherNetworks(container, wanted)
  const present = other.map(network => network.name).filter(one => networkNames(container).includes(one))
  const left = [...present, ...(purges ? unwantedNetworks(container, wanted) : [])]
  return allOf(
    ...left.map(network => sh`docker network disconnect ${network} ${name}`),
    ...other.map(network => sh`docker network connect ${connectWords(network)} ${name}`),
  )
}
