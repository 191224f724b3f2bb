import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {type Change, hostModule} from '../module.ts'
import {raw, sh} from '../shell/shell.ts'
import type {Values} from '../value.ts'
import {bool, path, text, word} from './arguments.ts'
import {taggedName} from './docker-images.ts'
import {askObject, readObject} from './docker-objects.ts'

const schema = z
  .strictObject({
    name: word.describe('The image; with a tag or digest, or without.'),
    tag: text.default('latest').describe('The tag, when name has none.'),
    state: z.enum(['present', 'absent']).default('present').describe('Whether the image is to be there.'),
    source: z
      .enum(['pull', 'load', 'local'])
      .optional()
      .describe('From a registry, from an archive on the host, or there already.'),
    load_path: path.optional().describe('The archive on the host that `load` reads.'),
    force_source: bool.default(false).describe('Pulls or loads the image even if it is there.'),
    force_absent: bool.default(false).describe('Removes the image even if it has other names.'),
  })
  .refine(args => args.state === 'absent' || args.source !== undefined, {error: 'source is missing', path: ['source']})
  .refine(args => args.source !== 'load' || args.load_path !== undefined, {
    error: 'load_path is missing',
    path: ['load_path'],
  })

type Wanted = z.infer<typeof schema>
type State = {readonly id: string | undefined; readonly all: Values | undefined}

const inspected = z.object({Id: z.string()})

/** What a pull or an archive that brought nothing ends with. */
const same = 'The image is the same as before'

/** docker_image: an image that is to be on the host, or not. */
export const docker_image = hostModule<Wanted, State>({
  name: 'docker_image',
  summary: 'Pulls, loads and removes images.',
  topic: 'docker',
  example: {name: 'Old image is gone', docker_image: {name: 'redis', tag: '7.2-alpine', state: 'absent'}},
  schema,
  probe: wanted => askObject('image', taggedName(wanted.name, wanted.tag)),
  parse: answer => ({id: inspected.optional().parse(readObject(answer))?.Id, all: readObject(answer)}),
  plan({id}, {name, tag, state, source, force_source}): readonly Change[] {
    const image = taggedName(name, tag)
    if (state === 'absent') return id === undefined ? [] : [{what: 'image', before: id, after: null}]
    if (source === 'local' && id === undefined) throw new TaskError({message: `The image ${image} is not on the host`})
    if (id === undefined) return [{what: 'image', before: null, after: image}]
    return force_source && source !== 'local' ? [{what: 'image', before: id, after: image, unseen: true}] : []
  },
  apply(change, {name, tag, source, load_path = '', force_absent}) {
    const image = taggedName(name, tag)
    if (change.after === null) return sh`docker image rm ${force_absent ? ['-f'] : []} -- ${image}`
    // Docker does not always say whether the image was there already.
    const ask = sh`docker image inspect -f '{{.Id}}' -- ${image} 2>/dev/null`
    const bring = source === 'load' ? sh`docker load -i ${load_path}` : sh`docker pull -- ${image}`
    return sh`before=$(${raw(ask)}); ${raw(bring)} && if after=$(${raw(ask)}); then
  if [ "$before" = "$after" ]; then echo ${same}; fi
else echo ${`The archive did not contain ${image}`} >&2; exit 1; fi`
  },
  changed: ({stdout}, {state}) => state === 'absent' || !stdout.includes(same),
  result: ({all}) => ({image: all ?? {}}),
})
