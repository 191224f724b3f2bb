import {z} from 'zod'
import {hostModule} from '../module.ts'
import {sh} from '../shell/shell.ts'
import {path} from './arguments.ts'

const schema = z.strictObject({
  path: path.describe('The archive on the host, as `docker save` writes it.'),
})

/** docker_image_load: loads images from an archive, each time. */
export const docker_image_load = hostModule<z.infer<typeof schema>, null>({
  name: 'docker_image_load',
  summary: 'Loads images from an archive that is on the host.',
  topic: 'docker',
  example: {name: 'Load the image', docker_image_load: {path: '/srv/images/app.tar'}},
  schema,
  action: true,
  probe: () => sh`:`,
  parse: () => null,
  plan: (_, {path}) => [{what: 'images', before: null, after: path, unseen: true}],
  apply: (_, {path}) => sh`docker load -i ${path}`,
  result: (_state, _wanted, output) => ({
    image_names: [...(output?.stdout ?? '').matchAll(/^Loaded image(?: ID)?: (.*)$/gm)].map(([, name = '']) => name),
    stdout: output?.stdout ?? '',
  }),
})
