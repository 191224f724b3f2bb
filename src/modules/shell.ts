import {z} from 'zod'
import {hostModule} from '../module.ts'
import {raw, type Shell, sh, writtenByUser} from '../shell/shell.ts'
import {oneOf, path} from './arguments.ts'
import {askRun, foreseeRun, type RunState, readRun, runIn, running, runResult, splitFreeForm} from './running.ts'

const schema = z
  .strictObject({
    _raw_params: z.string().optional().describe('The script as free text after the module name.'),
    cmd: z.string().optional().describe('The script.'),
    executable: path.optional().describe('The shell; /bin/sh when it is not set.'),
    ...running,
  })
  .refine(oneOf('_raw_params', 'cmd'), 'the script is missing')
  .transform(({_raw_params, cmd = '', ...args}) => {
    if (_raw_params === undefined) return {...args, cmd}
    const {command, named} = splitFreeForm(_raw_params)
    return {...args, ...named, cmd: command}
  })

type Wanted = z.infer<typeof schema>

/** shell: runs a script in a shell on the host. */
export const shell = hostModule<Wanted, RunState>({
  name: 'shell',
  summary: 'Runs a script in a shell on the host.',
  topic: 'control',
  example: {name: 'Largest folders', shell: 'du -x -d 1 / | sort -n | tail', register: 'folders', changed_when: false},
  schema,
  freeForm: '_raw_params',
  action: true,
  runs: true,
  foresees: foreseeRun,
  probe: askRun,
  parse: readRun,
  plan: (state, wanted) => (state.run ? [{what: 'command', before: null, after: wanted.cmd, unseen: true}] : []),
  apply: (_, wanted) => runIn(wanted, interpret(wanted)),
  result: (state, wanted, output) => runResult(state, wanted.cmd, output),
})

// The script is not handed over as an argument: everybody on the host can read arguments while it runs.
function interpret({cmd, executable}: Wanted): Shell {
  if (executable === undefined) return sh`set +eu; eval ${cmd}`
  const run = writtenByUser('script=$PROVISION_SCRIPT; unset PROVISION_SCRIPT; eval "$script"')
  return sh`PROVISION_SCRIPT=${cmd} ${executable} -c ${raw(sh`${run}`)}`
}
