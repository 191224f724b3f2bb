import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {hostModule, type Value} from '../module.ts'
import {sh} from '../shell/shell.ts'
import {all, fields} from './answer.ts'
import {bool, text, word} from './arguments.ts'

const schema = z.strictObject({
  database: word.describe('The database, such as passwd, group, hosts.'),
  key: text.optional().describe('The entry; by default all.'),
  service: word.optional().describe('Where to look, such as files.'),
  split: z.string().min(1).optional().describe('What separates fields; by default as the database has it.'),
  fail_key: bool.default(true).describe('Fails when there is no such entry.'),
})

type Wanted = z.infer<typeof schema>
type State = {readonly exitCode: string; readonly entries: readonly string[]}

/** getent: reads entries of the host's databases of users, groups, hosts and the like. */
export const getent = hostModule<Wanted, State>({
  name: 'getent',
  summary: 'Reads users, groups, hosts and the like into the variable getent_DATABASE.',
  topic: 'system',
  example: {name: 'Who is deploy', getent: {database: 'passwd', key: 'deploy'}},
  schema,
  facts: true,
  defines: ({database}) => (typeof database === 'string' ? [`getent_${database}`] : []),
  probe: ({database, key, service}) =>
    sh`r=$(getent ${service === undefined ? [] : ['-s', service]} ${database} ${key === undefined ? [] : [key]} 2>/dev/null); echo "code=$?"; printf '%s\n' "$r" | sed 's/^/entry=/'`,
  parse: answer => ({exitCode: fields(answer).code ?? '', entries: all(answer, 'entry').filter(entry => entry !== '')}),
  plan({exitCode}, {database, key, fail_key}) {
    if (exitCode === '2' && fail_key)
      throw new TaskError({
        message: `There is no ${key} in ${database}`,
        hint: 'With fail_key: false that is no failure.',
      })
    if (exitCode !== '0' && exitCode !== '2')
      throw new TaskError({
        message:
          exitCode === '3'
            ? `${database} cannot be listed as a whole: key is missing`
            : `There is no database ${database}`,
      })
    return []
  },
  apply: () => sh`:`,
  result: ({exitCode, entries}, wanted) => ({
    ansible_facts: {
      [`getent_${wanted.database}`]: exitCode === '2' ? {[wanted.key ?? '']: null} : tableOf(entries, wanted),
    },
  }),
})

function tableOf(entries: readonly string[], {database, split}: Wanted): {readonly [key: string]: Value} {
  const separator = split ?? (['passwd', 'shadow', 'group', 'gshadow'].includes(database) ? ':' : /\s+/)
  return Object.fromEntries(
    entries.map(entry => {
      const [key = '', ...others] = entry.split(separator)
      return [key, others]
    }),
  )
}
