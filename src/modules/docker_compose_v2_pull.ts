import {z} from 'zod'
import {type Change, hostModule} from '../module.ts'
import {sh} from '../shell/shell.ts'
import {all} from './answer.ts'
import {bool, words} from './arguments.ts'
import {compose, inProject, projectFields} from './compose-command.ts'

const schema = z.strictObject({
  ...projectFields,
  services: words.default([]).describe('Only the images of these services.'),
  policy: z.enum(['always', 'missing']).default('always').describe('Whether images are pulled that are there already.'),
  include_deps: bool.default(false).describe('Those of services that these depend on, too.'),
  ignore_buildable: bool.default(false).describe('Leaves out what can be built.'),
})

type Images = {readonly [name: string]: string}

/** docker_compose_v2_pull: pulls the images of a Compose project. */
export const docker_compose_v2_pull = hostModule<z.infer<typeof schema>, Images>({
  name: 'docker_compose_v2_pull',
  summary: 'Pulls the images of the services of a Compose project.',
  topic: 'docker',
  example: {name: 'Fetch the images', docker_compose_v2_pull: {project_src: '/srv/app', policy: 'missing'}},
  schema,
  probe: wanted => sh`if command -v docker >/dev/null && cd ${wanted.project_src} 2>/dev/null; then
${compose(wanted)} config --images -- ${wanted.services} 2>/dev/null | sort -u | while read -r i; do printf 'image=%s %s\\n' "$i" "$(docker image inspect -f '{{.Id}}' -- "$i" 2>/dev/null)"; done
fi`,
  parse: answer =>
    Object.fromEntries(
      all(answer, 'image').map(row => [row.slice(0, row.indexOf(' ')), row.slice(row.indexOf(' ') + 1)]),
    ),
  plan(images, {policy}): readonly Change[] {
    const missing = Object.keys(images).filter(name => images[name] === '')
    const isUnknown = Object.keys(images).length === 0
    if (missing.length > 0) return [{what: 'images', before: null, after: missing}]
    // What the registry has cannot be seen from the host's state.
    return policy === 'always' || isUnknown ? [{what: 'images', before: images, after: 'pulled', unseen: true}] : []
  },
  apply(_, wanted) {
    const {services, policy, include_deps, ignore_buildable} = wanted
    const options = [
      ...(policy === 'missing' ? ['--policy', 'missing'] : []),
      ...(include_deps ? ['--include-deps'] : []),
      ...(ignore_buildable ? ['--ignore-buildable'] : []),
    ]
    return inProject(wanted, ['pull', ...options, '--', ...services])
  },
  result: images => ({images}),
})
