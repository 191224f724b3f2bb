import {z} from 'zod'
import {hostModule} from '../module.ts'
import {raw, sh} from '../shell/shell.ts'
import {bool, text, word, words} from './arguments.ts'
import {commandWords} from './command-words.ts'
import {compose, projectFields} from './compose-command.ts'
import {type RunState, runIn, runResult} from './running.ts'

const schema = z.strictObject({
  ...projectFields,
  service: word.describe('The service.'),
  command: z.string().optional().describe('What runs, instead of what the service says; split into words.'),
  argv: z.array(text).min(1).optional().describe('The same as a list of words.'),
  entrypoint: word.optional().describe('The entrypoint, instead of that of the image.'),
  env: z.record(z.string(), text).default({}).describe('Environment variables.'),
  user: word.optional().describe('As whom it runs.'),
  workdir: word.optional().describe('Directory in the container to run in.'),
  volumes: words.default([]).describe('More volumes.'),
  name: word.optional().describe('The name of the container.'),
  cleanup: bool.default(false).describe('Removes the container afterwards.'),
  detach: bool.default(false).describe('Does not wait for its end.'),
  no_deps: bool.default(false).describe('Does not start what the service depends on.'),
  build: bool.default(false).describe('Builds the image before.'),
  remove_orphans: bool.default(false).describe('Removes containers of services that the file no longer has.'),
  service_ports: bool.default(false).describe('Publishes the ports of the service.'),
  stdin: z.string().optional().describe('What the command reads.'),
  stdin_add_newline: bool.default(true).describe('Ends stdin by a newline.'),
})

type Wanted = z.infer<typeof schema>

/** docker_compose_v2_run: runs a command in a new container of a service, each time. */
export const docker_compose_v2_run = hostModule<Wanted, RunState>({
  name: 'docker_compose_v2_run',
  summary: 'Runs a command in a new container of a service of a Compose project.',
  topic: 'docker',
  example: {
    name: 'Migrate',
    docker_compose_v2_run: {project_src: '/srv/app', service: 'web', command: 'bin/migrate', cleanup: true},
  },
  schema,
  action: true,
  runs: true,
  probe: () => sh`:`,
  parse: () => ({run: true, reason: ''}),
  plan: (_, wanted) => [
    {what: 'command', before: null, after: [wanted.service, ...wordsOf(wanted)].join(' '), unseen: true},
  ],
  apply(_, wanted) {
    const {project_src, service, stdin, stdin_add_newline, env} = wanted
    // Variables are taken from Compose's own environment: values do not show in argument lists.
    const exported = Object.entries(env).map(([name, value]) => `${name}=${value}`)
    const exports = exported.length === 0 ? sh`` : sh`export ${exported}; `
    const command = sh`${raw(exports)}${compose(wanted)} --progress quiet run -T ${optionsOf(wanted)} -- ${service} ${wordsOf(wanted)}`
    return runIn({chdir: project_src, stdin, stdin_add_newline}, command)
  },
  result: (state, wanted, output) => runResult(state, wordsOf(wanted), output),
})

function optionsOf(wanted: Wanted): readonly string[] {
  const {entrypoint, user, workdir, name} = wanted
  const flags = {
    '--rm': wanted.cleanup,
    '-d': wanted.detach,
    '--no-deps': wanted.no_deps,
    '--build': wanted.build,
    '--remove-orphans': wanted.remove_orphans,
    '--service-ports': wanted.service_ports,
  }
  return [
    ...Object.entries(flags).flatMap(([flag, isSet]) => (isSet ? [flag] : [])),
    ...(entrypoint === undefined ? [] : ['--entrypoint', entrypoint]),
    ...(user === undefined ? [] : ['-u', user]),
    ...(workdir === undefined ? [] : ['-w', workdir]),
    ...(name === undefined ? [] : ['--name', name]),
    ...wanted.volumes.flatMap(one => ['-v', one]),
    ...Object.keys(wanted.env).flatMap(one => ['-e', one]),
  ]
}

function wordsOf({argv, command = ''}: Wanted): readonly string[] {
  return commandWords(argv ?? command)
}
