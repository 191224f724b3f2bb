import {createHash} from 'node:crypto'
import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {type Change, hostModule} from '../module.ts'
import {allOf, raw, type Shell, sh} from '../shell/shell.ts'
import {all} from './answer.ts'
import {bool, count, word} from './arguments.ts'
import {containerFields, containerWords, environmentOf, laterNetworks} from './container-options.ts'
import {askImages, taggedName} from './docker-images.ts'
import {askObject, readObject} from './docker-objects.ts'

const label = 'provision.configuration'

const schema = z.strictObject({
  name: word.describe('The container.'),
  image: word.optional().describe('The image; needed to make the container.'),
  state: z
    .enum(['started', 'present', 'stopped', 'absent'])
    .default('started')
    .describe(
      'started: it runs; present: it is there; stopped: it is there but does not run; absent: it is not there.',
    ),
  ...containerFields,
  pull: z
    .union([z.enum(['missing', 'never']), z.literal(false).transform(() => 'missing' as const)])
    .default('missing')
    .describe('Whether an image that is not there is pulled; docker_image_pull pulls one each time.'),
  restart: bool.default(false).describe('Restarts a container that runs, each time.'),
  recreate: bool.default(false).describe('Makes the container anew, each time.'),
  stop_timeout: count.optional().describe('Seconds that the container gets to stop.'),
  keep_volumes: bool.default(true).describe('With false, volumes without a name go with the container.'),
})

const inspected = z.object({
  Id: z.string(),
  Image: z.string(),
  State: z.object({Status: z.string(), Running: z.boolean()}),
  Config: z.object({Image: z.string(), Labels: z.record(z.string(), z.string()).nullish()}),
})

type Wanted = z.infer<typeof schema>
type Container = z.infer<typeof inspected>
type State = {readonly container: Container | undefined; readonly image: string | undefined}

/** docker_container: a container that is made of options, not of a Compose file. */
export const docker_container = hostModule<Wanted, State>({
  name: 'docker_container',
  summary: 'Makes, starts, stops and removes a container; one that was made of other options is made anew.',
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
  schema,
  probe: ({name, image}) => sh`${raw(askObject('container', name))}
${raw(image === undefined ? sh`` : askImages([taggedName(image)]))}`,
  parse: answer => ({
    container: inspected.optional().parse(readObject(answer)),
    image: all(answer, 'image')[0]?.split(' ').at(-1),
  }),
  plan(state, wanted): readonly Change[] {
    const {container} = state
    if (wanted.state === 'absent')
      return container ? [{what: 'container', before: container.State.Status, after: null}] : []
    if (!container) return [{what: 'container', before: null, after: goalOf(wanted)}]
    const other = otherwise(state, wanted)
    if (other !== undefined) return [{what: 'container', before: other, after: 'made anew'}]
    if (wanted.recreate) return [{what: 'container', before: container.State.Status, after: 'made anew', unseen: true}]
    return stateChange(container, wanted)
  },
  apply(change, wanted, {container}) {
    const {name, stop_timeout} = wanted
    const patience = stop_timeout === undefined ? [] : ['-t', String(stop_timeout)]
    if (change.after === null) return remove(wanted)
    if (change.what === 'container') return container ? allOf(remove(wanted), make(wanted)) : make(wanted)
    if (change.after === 'stopped') return sh`docker stop ${patience} -- ${name} >/dev/null`
    return change.after === 'restarted'
      ? sh`docker restart ${patience} -- ${name} >/dev/null`
      : sh`docker start -- ${name} >/dev/null`
  },
  result: ({container}) => ({
    container: container ? {Id: container.Id, Image: container.Image, State: container.State} : {},
  }),
})

function goalOf({image, name, state}: Wanted): string {
  if (image === undefined) throw new TaskError({message: `There is no container ${name} yet: image is missing`})
  return state
}

/** Why a container must be made anew; undefined when it is as wanted. Without image it is only started and stopped. */
function otherwise({container, image}: State, wanted: Wanted): string | undefined {
  if (wanted.image === undefined) return undefined
  if (container?.Config.Labels?.[label] !== configurationOf(wanted)) return 'made from other options'
  return image !== undefined && image !== container.Image ? 'made from another image' : undefined
}

function stateChange({State}: Container, {state, restart}: Wanted): readonly Change[] {
  if (state === 'stopped') return State.Running ? [{what: 'state', before: State.Status, after: 'stopped'}] : []
  if (state === 'started' && !State.Running) return [{what: 'state', before: State.Status, after: 'started'}]
  return restart && State.Running ? [{what: 'state', before: State.Status, after: 'restarted', unseen: true}] : []
}

function remove({name, stop_timeout, keep_volumes}: Wanted): Shell {
  const patience = stop_timeout === undefined ? [] : ['-t', String(stop_timeout)]
  return sh`docker stop ${patience} -- ${name} >/dev/null; docker rm -f ${keep_volumes ? [] : ['-v']} -- ${name} >/dev/null`
}

// Variables are taken from docker's own environment: values do not show in argument lists.
function make(wanted: Wanted): Shell {
  const {name, image = '', pull, state} = wanted
  const exported = environmentOf(wanted)
  const exports = exported.length === 0 ? sh`:` : sh`export ${exported}`
  const connect = laterNetworks(wanted).map(words => sh`docker network connect ${words} ${name}`)
  const {options, command} = containerWords(wanted)
  return allOf(
    sh`(${raw(exports)}; docker create --pull ${pull} --name ${name} --label ${`${label}=${configurationOf(wanted)}`} ${options} -- ${taggedName(image)} ${command} >/dev/null)`,
    ...connect,
    ...(state === 'started' ? [sh`docker start -- ${name} >/dev/null`] : []),
  )
}

/** A hash of all options, as the container's label has it. */
function configurationOf(wanted: Wanted): string {
  const {options, command} = containerWords(wanted)
  const all = [wanted.image, options, command, environmentOf(wanted), laterNetworks(wanted)]
  return createHash('sha256').update(JSON.stringify(all)).digest('hex')
}
