import {z} from 'zod'
import {hostModule} from '../module.ts'
import {sh} from '../shell/shell.ts'
import {text} from './arguments.ts'

const schema = z.strictObject({
  data: text.default('pong').describe('What to answer.'),
})

/** ping: proves that a host can be reached and runs commands. */
export const ping = hostModule({
  name: 'ping',
  summary: 'Proves that a host can be reached, that the login works and that a command runs.',
  topic: 'control',
  example: {name: 'Host answers', ping: {}},
  schema,
  probe: wanted => sh`printf '%s\n' ${wanted.data}`,
  parse: answer => ({ping: answer}),
  plan: () => [],
  apply: () => sh`:`,
  result: state => state,
})
