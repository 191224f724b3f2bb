import {basename} from 'node:path'
import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {hostModule} from '../module.ts'
import {raw, type Shell, sh, writtenByUser} from '../shell/shell.ts'
import {splitWords} from '../shell/words.ts'
import {oneOf, path} from './arguments.ts'
import {askRun, foreseeRun, type RunState, readRun, runIn, running, runResult} from './running.ts'

const {chdir, creates, removes} = running

const schema = z
  .strictObject({
    _raw_params: z.string().optional().describe('The script as free text after the module name, and its arguments.'),
    cmd: z
      .string()
      .optional()
      .describe('The script, a file of the controller, and what it is called with, as a shell reads it.'),
    executable: path.optional().describe('What runs it; without it, its first line says so (#!).'),
    chdir,
    creates,
    removes,
    content: z.string().optional().describe('What is in the script; set when it is read.'),
    content_base64: z.base64().optional().describe('The same of a program that is not text, in base64.'),
  })
  .refine(oneOf('_raw_params', 'cmd'), 'the script is missing')
  .transform(({_raw_params, cmd, ...args}) => ({
    ...args,
    stdin_add_newline: true,
    cmd: (_raw_params ?? cmd ?? '').trim(),
  }))

type Wanted = z.infer<typeof schema>

/** script: runs a script of the controller on the host. */
export const script = hostModule<Wanted, RunState>({
  name: 'script',
  summary: 'Runs a script of the controller on the host; it is there only while it runs.',
  topic: 'control',
  example: {name: 'Once, on a new host', script: {cmd: 'prepare.sh --quiet', creates: '/var/lib/prepared'}},
  schema,
  refused: {
    decrypt: 'leave it out',
    stdin: 'use shell, which takes it',
  },
  freeForm: '_raw_params',
  action: true,
  runs: true,
  source: 'script',
  foresees: foreseeRun,
  probe: askRun,
  parse: readRun,
  plan: (state, wanted) => (state.run ? [{what: 'command', before: null, after: wanted.cmd, unseen: true}] : []),
  apply: (_, wanted) => runIn(wanted, call(wanted)),
  result: (state, {cmd}, output) =>
    state.run ? runResult(state, cmd, output) : {skipped: true, msg: state.reason.replace(/^skipped, since /, '')},
})

/** Puts the script into a folder that only its user reads, runs it by its own name, and takes it away again. */
function call(wanted: Wanted): Shell {
  const {file, rest} = taken(wanted.cmd)
  const program = wanted.executable === undefined ? sh`` : sh`${wanted.executable} `
  // /tmp may be mounted so that nothing in it can be run.
  return sh`folder=$(mktemp -d "$HOME/.provision.XXXXXX" 2>/dev/null || mktemp -d) && trap 'rm -rf -- "$folder"' EXIT && file=$folder/${basename(file)} && ${raw(bytes(wanted))} >"$file" && chmod 0700 "$file" && ${raw(program)}"$file" ${raw(writtenByUser(rest))}`
}

function bytes({content, content_base64 = ''}: Wanted): Shell {
  return content === undefined ? sh`printf %s ${content_base64} | base64 -d` : sh`printf %s ${content}`
}

/** The file that is named first, and the rest as it is written. */
function taken(cmd: string): {readonly file: string; readonly rest: string} {
  const [first = ''] = /^(?:"[^"]*"|'[^']*'|\\.|[^\s"'\\])+/s.exec(cmd) ?? []
  const [file] = splitWords(first) ?? []
  if (file === undefined) throw new TaskError({message: `This names no script: ${cmd}`})
  return {file, rest: cmd.slice(first.length).trim()}
}
