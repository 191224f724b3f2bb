import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {type Controller, controllerModule, type Outcome, type Values} from '../module.ts'
import {askJob, removeJob, tooLate} from '../shell/job.ts'
import {word} from './arguments.ts'

const schema = z.strictObject({
  jid: word.describe('Which job: `ansible_job_id` of what the task registered that started it.'),
  mode: z.enum(['status', 'cleanup']).default('status').describe('Asks for the job, or removes what it left.'),
})

type Wanted = z.infer<typeof schema>

/** async_status: what became of a job that a task with async and poll 0 started. */
export const async_status = controllerModule<Wanted>({
  name: 'async_status',
  summary:
    'Tells what became of a task that runs in the background (async with poll 0); ask as the user that started it.',
  topic: 'control',
  example: {
    name: 'The import is done',
    async_status: {jid: '{{ import.ansible_job_id }}'},
    register: 'job',
    until: 'job.finished',
    retries: 60,
  },
  schema,
  // The job changed what later tasks look at.
  barrier: true,
  run: (wanted, controller) => (wanted.mode === 'cleanup' ? cleanUp(wanted, controller) : status(wanted, controller)),
})

async function status({jid}: Wanted, {remote}: Controller): Promise<Outcome> {
  const {stdout: answer} = isId(jid) ? await remote.run(askJob(jid)) : {stdout: ''}
  const [folder = '', rc = '', ...parts] = answer.trimEnd().split('\n')
  if (folder === '') return unknown(jid)
  const job = {ansible_job_id: jid, results_file: folder, started: 1}
  if (rc === 'going') return {changed: false, result: {...job, ...said('', ''), finished: 0}}
  const [note = '', stdout = '', stderr = ''] = parts.map(part =>
    Buffer.from(part, 'base64').toString('utf8').trimEnd(),
  )
  const {changed, limit, msg = '', ...found} = noted.parse(JSON.parse(note))
  const code = rc === 'late' ? {} : {rc: Number(rc)}
  const result: Values = {...found, ...job, ...said(stdout, stderr), ...code, finished: 1}
  if (rc === '0') return {changed, result: {...result, msg}}
  const message = rc === 'late' ? tooLate(limit) : stderr.split('\n').at(-1) || `exit code ${rc}`
  const exitCode = rc === 'late' ? {} : {exitCode: Number(rc)}
  return {changed, result, failure: {message, stdout, stderr, ...exitCode}}
}

/** What was written down when the job began: its result, as far as that was known. */
const noted = z.object({changed: z.boolean(), limit: z.number(), msg: z.string().optional()}).catchall(z.json())

async function cleanUp({jid}: Wanted, {remote, check}: Controller): Promise<Outcome> {
  if (check) return {changed: false, skipped: true, message: 'nothing is removed in check mode', result: {}}
  const {stdout, stderr, exitCode} = isId(jid)
    ? await remote.run(removeJob(jid))
    : {stdout: '', stderr: '', exitCode: 0}
  if (exitCode !== 0) throw new TaskError({message: `cannot remove what ${jid} left`, stderr, exitCode})
  const erased = stdout.trimEnd()
  if (erased === '') return unknown(jid)
  return {changed: false, result: {ansible_job_id: jid, erased, ...said('', ''), started: 0, finished: 0}}
}

function unknown(jid: string): Outcome {
  const result = {ansible_job_id: jid, ...said('', ''), started: 1, finished: 1}
  const hint = 'ask with the become and delegate_to of the task that started it'
  return {changed: false, result, failure: {message: 'could not find job', hint}}
}

function said(stdout: string, stderr: string): Values {
  return {stdout, stdout_lines: linesOf(stdout), stderr, stderr_lines: linesOf(stderr)}
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(/\r?\n/)
}

/** No path leads out of the folder of jobs. */
function isId(jid: string): boolean {
  return /^j\w+$/.test(jid)
}
