import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {hostModule} from '../module.ts'
import {sh} from '../shell/shell.ts'
import {oneOf, text} from './arguments.ts'
import {commandWords} from './command-words.ts'
import {askRun, foreseeRun, type RunState, readRun, runIn, running, runResult, splitFreeForm} from './running.ts'

const schema = z
  .strictObject({
    _raw_params: z.string().optional().describe('The command as free text after the module name.'),
    cmd: z.string().optional().describe('The command; split into words, not given to a shell.'),
    argv: z.array(text).min(1).optional().describe('The command as a list of words.'),
    ...running,
  })
  .refine(oneOf('_raw_params', 'cmd', 'argv'), 'the command is missing')
  .transform(({_raw_params, ...args}) => {
    if (_raw_params === undefined) return args
    const {command, named} = splitFreeForm(_raw_params)
    return {...args, ...named, cmd: command}
  })

type Wanted = z.infer<typeof schema>

/** command: runs one command, without a shell in between. */
export const command = hostModule<Wanted, RunState>({
  name: 'command',
  summary: 'Runs one command; no shell sees it, so `*`, `|` and `>` mean themselves.',
  topic: 'control',
  example: {name: 'Which kernel runs', command: 'uname -r', register: 'kernel', changed_when: false},
  schema,
  refused: {
    strip_empty_ends: 'leave it out: use the filter trim',
  },
  freeForm: '_raw_params',
  action: true,
  runs: true,
  foresees: foreseeRun,
  probe: askRun,
  parse: readRun,
  plan: (state, wanted) =>
    state.run ? [{what: 'command', before: null, after: wordsOf(wanted).join(' '), unseen: true}] : [],
  apply: (_, wanted) => runIn(wanted, sh`${wordsOf(wanted)}`),
  result: (state, wanted, output) => runResult(state, wordsOf(wanted), output),
})

function wordsOf(wanted: Wanted): readonly string[] {
  const words = commandWords(wanted.argv ?? wanted.cmd ?? '')
  if (words.length === 0) throw new TaskError({message: 'The command is empty'})
  return words
}
