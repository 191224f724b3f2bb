import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {hostModule} from '../module.ts'
import {sh} from '../shell/shell.ts'
import {fields} from './answer.ts'
import {oneOf, path} from './arguments.ts'

const schema = z
  .strictObject({
    src: path.optional().describe('The file on the host.'),
    path: path.optional().describe('Another name for src.'),
  })
  .refine(oneOf('src', 'path'), 'src is missing')

/** slurp: fetches a file's content into a variable. */
export const slurp = hostModule({
  name: 'slurp',
  summary: "Fetches a file's content, in base64, into the registered variable.",
  topic: 'files',
  example: {name: 'Name of the machine', slurp: {src: '/etc/machine-id'}, register: 'machine'},
  schema,
  probe: wanted =>
    sh`f=${wanted.src ?? wanted.path ?? ''}; if [ -f "$f" ]; then printf 'content='; base64 <"$f" | tr -d '\n'; fi`,
  parse: answer => ({content: fields(answer).content}),
  plan({content}, wanted) {
    if (content === undefined)
      throw new TaskError({message: `${wanted.src ?? wanted.path} is not a file that can be read`})
    return []
  },
  apply: () => sh`:`,
  result: ({content = ''}, wanted) => ({content, encoding: 'base64', source: wanted.src ?? wanted.path ?? ''}),
})
