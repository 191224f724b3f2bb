import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {type Change, hostModule} from '../module.ts'
import {sh} from '../shell/shell.ts'
import {all} from './answer.ts'
import {text, word} from './arguments.ts'
import {askImages, taggedName} from './docker-images.ts'

const schema = z.strictObject({
  name: word.describe('The image; with a tag or digest, or without.'),
  tag: text.default('latest').describe('The tag, when name has none.'),
  pull: z
    .enum(['always', 'not_present', 'never'])
    .default('always')
    .describe('Whether to pull: each time, only when the image is not there, or never (then it must be there).'),
  platform: word.optional().describe('The platform, such as linux/amd64.'),
})

type Wanted = z.infer<typeof schema>
type State = {readonly id: string | undefined}

/** docker_image_pull: sees to it that an image is on the host. */
export const docker_image_pull = hostModule<Wanted, State>({
  name: 'docker_image_pull',
  summary: 'Pulls an image from its registry.',
  topic: 'docker',
  example: {name: 'Image is there', docker_image_pull: {name: 'nginx', tag: '1.28-alpine', pull: 'not_present'}},
  schema,
  probe: wanted => askImages([taggedName(wanted.name, wanted.tag)]),
  parse: answer => ({id: all(answer, 'image')[0]?.split(' ').at(-1)}),
  plan({id}, {name, tag, pull}): readonly Change[] {
    const image = taggedName(name, tag)
    if (pull === 'never' && id === undefined)
      throw new TaskError({message: `The image ${image} is not on the host, and pull is never`})
    if (id === undefined) return [{what: 'image', before: null, after: image}]
    // What the registry has cannot be seen from the host's state.
    return pull === 'always' ? [{what: 'image', before: id, after: image, unseen: true}] : []
  },
  apply: (_, {name, tag, platform}) =>
    sh`docker pull -q ${platform === undefined ? [] : ['--platform', platform]} -- ${taggedName(name, tag)}`,
  result: ({id}, {name, tag}) => ({image: {Id: id ?? null, RepoTags: [taggedName(name, tag)]}}),
})
