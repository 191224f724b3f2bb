import {z} from 'zod'
import {hostModule} from '../module.ts'
import {sh} from '../shell/shell.ts'
import {runIn, runResult} from './running.ts'

const schema = z.strictObject({
  _raw_params: z.string().describe('The script as free text after the module name.'),
})

/** raw: runs a script as it is; the same as shell here, since no module needs Python. */
export const raw = hostModule({
  name: 'raw',
  summary: 'Runs a script as it is. No module needs Python on the host, so shell does the same and more.',
  topic: 'control',
  example: {name: 'How long it has been up', raw: 'uptime', changed_when: false},
  schema,
  refused: {
    executable: 'use shell, which takes it',
  },
  freeForm: '_raw_params',
  action: true,
  runs: true,
  probe: () => sh`:`,
  parse: () => ({run: true, reason: ''}),
  plan: (_, wanted) => [{what: 'command', before: null, after: wanted._raw_params, unseen: true}],
  apply: (_, wanted) => runIn({stdin_add_newline: true}, sh`set +eu; eval ${wanted._raw_params}`),
  result: (state, wanted, output) => runResult(state, wanted._raw_params, output),
})
