import {z} from 'zod'
import {type Change, hostModule} from '../module.ts'
import type {Shell} from '../shell/shell.ts'
import {bool, count, words} from './arguments.ts'
import {compose, inProfiles, inProject, projectFields} from './compose-command.ts'
import {askProject, type Project, readProject, wrongServices} from './compose-project.ts'

const schema = z.strictObject({
  ...projectFields,
  services: words.optional().describe('Only these services, with what they depend on.'),
  state: z
    .enum(['present', 'absent', 'stopped', 'restarted'])
    .default('present')
    .describe('Running as the file says; gone; there but not running; or restarted, which happens each time.'),
  pull: z.enum(['always', 'missing', 'never', 'policy']).default('policy').describe('When images are pulled.'),
  recreate: z.enum(['always', 'auto', 'never']).default('auto').describe('When containers are made anew.'),
  remove_orphans: bool.default(false).describe('Removes containers of services that the file no longer has.'),
  remove_volumes: bool.default(false).describe('With absent: removes the volumes, too.'),
  remove_images: z.enum(['all', 'local']).optional().describe('With absent: removes the images, too.'),
  scale: z.record(z.string(), count).default({}).describe('How many containers services have, by their names.'),
  wait: bool.default(false).describe('Waits until all services run and are healthy; until then they are not in order.'),
  wait_timeout: count.optional().describe('Seconds to wait.'),
  timeout: count.optional().describe('Seconds that containers get to stop.'),
})

type Wanted = z.infer<typeof schema>

/** docker_compose_v2: a Compose project. */
export const docker_compose_v2 = hostModule<Wanted, Project>({
  name: 'docker_compose_v2',
  summary: 'Brings the services of a Compose project up, or down, and waits for their health.',
  topic: 'docker',
  example: {name: 'Site is up', docker_compose_v2: {project_src: '/opt/site', wait: true, wait_timeout: 120}},
  schema,
  probe: wanted =>
    askProject(wanted.project_src, wanted.project_name, {whole: compose(wanted), profiles: inProfiles(wanted)}),
  parse: readProject,
  plan(project, wanted): readonly Change[] {
    const {state, recreate} = wanted
    if (state === 'restarted') return [{what: 'services', before: null, after: 'restarted', unseen: true}]
    const wrong = wrongServices(project, wanted)
    if (Object.keys(wrong).length > 0) {
      const after = Object.fromEntries(Object.keys(wrong).map(name => [name, state === 'present' ? 'up' : state]))
      return [{what: 'services', before: wrong, after}]
    }
    return state === 'present' && recreate === 'always'
      ? [{what: 'services', before: 'up', after: 'recreated', unseen: true}]
      : []
  },
  apply: (_, wanted) => run(wanted),
  result: ({containers}) => ({
    containers: containers.map(({id, service, name, state, health, exitCode, image}) => ({
      ID: id,
      Name: name,
      Service: service,
      State: state,
      Health: health,
      ExitCode: exitCode,
      Image: image,
    })),
  }),
})

function run(wanted: Wanted): Shell {
  const services = wanted.services ?? []
  const stop = wanted.timeout === undefined ? [] : ['-t', String(wanted.timeout)]
  const orphans = wanted.remove_orphans ? ['--remove-orphans'] : []
  if (wanted.state === 'restarted') return inProject(wanted, ['restart', ...stop, '--', ...services])
  if (wanted.state === 'stopped') return inProject(wanted, ['stop', ...stop, '--', ...services])
  if (wanted.state === 'absent') return inProject(wanted, ['down', ...stop, ...orphans, ...removals(wanted)])
  return inProject(wanted, ['up', '-d', '--quiet-pull', ...stop, ...orphans, ...upOptions(wanted), '--', ...services])
}

function upOptions({recreate, pull, scale, wait, wait_timeout}: Wanted): readonly string[] {
  return [
    ...(recreate === 'always' ? ['--force-recreate'] : recreate === 'never' ? ['--no-recreate'] : []),
    ...(pull === 'policy' ? [] : ['--pull', pull]),
    ...Object.entries(scale).flatMap(([service, number]) => ['--scale', `${service}=${number}`]),
    ...(wait ? ['--wait'] : []),
    ...(wait && wait_timeout !== undefined ? ['--wait-timeout', String(wait_timeout)] : []),
  ]
}

function removals({remove_volumes, remove_images}: Wanted): readonly string[] {
  return [...(remove_volumes ? ['-v'] : []), ...(remove_images === undefined ? [] : ['--rmi', remove_images])]
}
