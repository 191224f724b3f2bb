import {TaskError} from '../errors.ts'
import {type Change, hostModule} from '../module.ts'
import {comparisonOf, differencesOf} from './container-differences.ts'
import {containerSchema, type WantedContainer} from './container-fields.ts'
import {askContainer, type Container, readContainer, type Sight} from './container-look.ts'
import {networkNames, otherNetworks, seenNetwork, unwantedNetworks, wantedNetwork} from './container-networks.ts'
import {connect, make, remove, start, stop, update} from './container-steps.ts'

/** docker_container: a container that is made of options, not of a Compose file. */
export const docker_container = hostModule<WantedContainer, Sight>({
  name: 'docker_container',
  summary: 'Makes, starts, stops and removes a container; one that differs in what is said of it is made anew.',
  topic: 'docker',
  example: {
    name: 'Cache',
    docker_container: {
      name: 'cache',
      image: 'redis:7.4-alpine',
      restart_policy: 'unless-stopped',
      ports: ['127.0.0.1:6379:6379'],
    },
  },
  schema: containerSchema,
  aliases: {exposed: 'exposed_ports', expose: 'exposed_ports', log_opt: 'log_options', forcekill: 'force_kill'},
  refused: {
    detach: 'use docker_compose_v2_run, or command with docker run --rm, to wait for a container',
    cleanup: 'use docker_compose_v2_run, or command with docker run --rm, to wait for a container',
  },
  probe: askContainer,
  parse: readContainer,
  plan(sight, wanted): readonly Change[] {
    const {container} = sight
    if (wanted.state === 'absent')
      return container ? [{what: 'container', before: container.State.Status, after: null}] : []
    if (!container) return [{what: 'container', before: null, after: goalOf(wanted)}]
    const {remade, updated} = differencesOf({...sight, container}, wanted, wanted.comparisons)
    const reasons = [...remade, ...imageReasons(sight, wanted)]
    if (reasons.length > 0)
      return [{what: 'container', before: `differs in ${[...reasons, ...updated].join(', ')}`, after: 'made anew'}]
    if (wanted.recreate) return [{what: 'container', before: container.State.Status, after: 'made anew', unseen: true}]
    const limits: Change = {what: 'limits', before: `differ in ${updated.join(', ')}`, after: 'as wanted'}
    return [...(updated.length > 0 ? [limits] : []), ...networkChange(container, wanted), ...stateChange(sight, wanted)]
  },
  apply(change, wanted, {container}) {
    if (change.what === 'container') {
      if (change.after === null) return remove(wanted)
      return make(wanted, container)
    }
    if (change.what === 'limits') return update(wanted)
    if (change.what === 'networks' && container) return connect(wanted, container, purges(wanted))
    return change.after === 'stopped' ? stop(wanted) : start(wanted, String(change.after))
  },
  result: ({all}) => ({container: all ?? {}}),
})

function goalOf({image, name, state}: WantedContainer): string {
  if (image === undefined) throw new TaskError({message: `There is no container ${name} yet: image is missing`})
  return state
}

function imageReasons({container, image}: Sight, wanted: WantedContainer): readonly string[] {
  const isCompared = comparisonOf('image', 'whole', wanted.comparisons) === 'strict'
  const isOther = isCompared && image !== undefined && image.Id !== container?.Image
  const isOtherName = wanted.image !== undefined && container?.Config.Image !== wanted.image
  return isOther || (wanted.image_name_mismatch === 'recreate' && isOtherName) ? ['image'] : []
}

function networkChange(container: Container, wanted: WantedContainer): readonly Change[] {
  const unwanted = purges(wanted) ? unwantedNetworks(container, wanted) : []
  const other = comparisonOf('networks', 'set', wanted.comparisons) === 'ignore' ? [] : otherNetworks(container, wanted)
  if (unwanted.length === 0 && other.length === 0) return []
  const kept = networkNames(container).filter(name => ![...unwanted, ...other.map(one => one.name)].includes(name))
  const after = [...kept.map(name => seenNetwork(container, name)), ...other.map(wantedNetwork)]
  return [{what: 'networks', before: networkNames(container).map(name => seenNetwork(container, name)), after}]
}

function purges({networks, comparisons}: WantedContainer): boolean {
  return networks !== undefined && comparisonOf('networks', 'set', comparisons) === 'strict'
}

function stateChange({container}: Sight, {state, restart, paused}: WantedContainer): readonly Change[] {
  const {Running = false, Paused = false, Status = ''} = container?.State ?? {}
  if (state === 'stopped') return Running ? [{what: 'state', before: Status, after: 'stopped'}] : []
  if (state !== 'started') return []
  const isOther = paused !== undefined && paused !== (Running && Paused)
  const pause: readonly Change[] = isOther
    ? [{what: 'state', before: Status, after: paused ? 'paused' : 'running'}]
    : []
  if (!Running) return [{what: 'state', before: Status, after: paused ? 'paused' : 'started'}]
  return restart ? [{what: 'state', before: Status, after: 'restarted', unseen: true}, ...pause] : pause
}
