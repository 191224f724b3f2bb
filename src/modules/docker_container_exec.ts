import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {hostModule} from '../module.ts'
import {raw, sh} from '../shell/shell.ts'
import {bool, oneOf, path, text, word} from './arguments.ts'
import {commandWords} from './command-words.ts'
import {type RunState, runIn, runResult} from './running.ts'

const schema = z
  .strictObject({
    container: word.describe('The container.'),
    command: z.string().optional().describe('The command; split into words, not given to a shell.'),
    argv: z.array(text).min(1).optional().describe('The command as a list of words.'),
    chdir: path.optional().describe('Directory in the container to run in.'),
    user: word.optional().describe('As whom it runs.'),
    env: z.record(z.string(), text).default({}).describe('Environment variables.'),
    stdin: z.string().optional().describe('What the command reads.'),
    stdin_add_newline: bool.default(true).describe('Ends stdin by a newline.'),
  })
  .refine(oneOf('command', 'argv'), 'command is missing')

type Wanted = z.infer<typeof schema>

/** docker_container_exec: runs a command in a container. */
export const docker_container_exec = hostModule<Wanted, RunState>({
  name: 'docker_container_exec',
  summary: 'Runs a command in a container that runs.',
  topic: 'docker',
  example: {
    name: 'Configuration is right',
    docker_container_exec: {container: 'site-nginx-1', command: 'nginx -t'},
    changed_when: false,
  },
  schema,
  action: true,
  runs: true,
  probe: () => sh`:`,
  parse: () => ({run: true, reason: ''}),
  plan: (_, wanted) => [{what: 'command', before: null, after: wordsOf(wanted).join(' '), unseen: true}],
  apply(_, wanted) {
    const {container, chdir, user, env, stdin, stdin_add_newline} = wanted
    const options = [
      ...(stdin === undefined ? [] : ['-i']),
      ...(chdir === undefined ? [] : ['-w', chdir]),
      ...(user === undefined ? [] : ['-u', user]),
      // Named without a value they are taken from docker's own environment: values do not show in argument lists.
      ...Object.keys(env).flatMap(name => ['-e', name]),
    ]
    const exported = Object.entries(env).map(([name, value]) => `${name}=${value}`)
    const exports = exported.length === 0 ? sh`` : sh`export ${exported}; `
    return runIn({stdin, stdin_add_newline}, sh`${raw(exports)}docker exec ${options} ${container} ${wordsOf(wanted)}`)
  },
  result: (state, wanted, output) => runResult(state, wordsOf(wanted), output),
})

function wordsOf({argv, command = ''}: Wanted): readonly string[] {
  const words = commandWords(argv ?? command)
  if (words.length === 0) throw new TaskError({message: 'The command is empty'})
  return words
}
