import {z} from 'zod'
import {UsageError} from '../../errors.ts'
import {driftDocument, type LookRow, look, notReached, type RunRows, runDocument, summary, task} from './records.ts'

/** The runs and looks for drift that a text tells of: one JSON document, or JSON lines. Throws UsageError, which names file and line. */
export function readRecords(text: string, file: string): {runs: readonly RunRows[]; looks: readonly LookRow[]} {
  const found: Found = {runs: [], looks: []}
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    try {
      const record: unknown = JSON.parse(line)
      for (const one of Array.isArray(record) ? record : [record]) take(one, found)
    } catch (error) {
      const hint = 'Expected what provision --output json or jsonl prints, or the history.jsonl of provision drift.'
      throw new UsageError(`${file}:${index + 1}: ${why(error)}`, hint)
    }
  }
  return found
}

type Found = {readonly runs: Growing[]; readonly looks: LookRow[]}
type Growing = {-readonly [Key in keyof RunRows]: RunRows[Key]} & {gone: Gone[]}
type Gone = RunRows['gone'][number]

function take(record: unknown, {runs, looks}: Found): void {
  const {type, state, tasks} = z.looseObject({}).parse(record)
  if (typeof type === 'string') event(type, record, runs)
  else if (tasks !== undefined) runs.push({...runDocument.parse(record), check: false, gone: []})
  else if (state !== undefined) looks.push(look.parse(record))
  else looks.push(asLook(driftDocument.parse(record)))
}

const started = z.object({playbook: z.string(), check: z.boolean(), time: z.number()})
const unreachable = z.object({host: z.string(), message: z.string(), hint: z.string().exactOptional()})
const finished = z.object({ms: z.number(), exit: z.number()})

function event(type: string, record: unknown, runs: Growing[]): void {
  if (type === 'run-started')
    runs.push({...started.parse(record), hosts: {}, tasks: [], not_reached: [], gone: [], ms: 0, exit: 70, cut: true})
  const run = runs.at(-1)
  if (run === undefined) throw new SyntaxError('a line before the one of the run that starts')
  if (type === 'task-finished') run.tasks.push(task.parse(record))
  if (type === 'not-reached') run.not_reached.push(notReached.parse(record))
  if (type === 'host-unreachable') run.gone.push(unreachable.parse(record))
  if (type === 'host-summary') {
    const {host} = z.object({host: z.string()}).parse(record)
    run.hosts = {...run.hosts, [host]: summary.parse(record)}
  }
  if (type !== 'run-finished') return
  Object.assign(run, finished.parse(record))
  delete run.cut
}

function asLook({version, time, hosts, drifted, ms}: z.infer<typeof driftDocument>): LookRow {
  const states = Object.entries(hosts).map(
    ([host, {state}]) => [host, state === 'in order' ? ('clean' as const) : state] as const,
  )
  const all = states.map(([, state]) => state)
  const state = all.includes('unreachable') ? 'unreachable' : all.includes('drifted') ? 'drifted' : 'clean'
  return {version, time, state, hosts: Object.fromEntries(states), drifted, ms}
}

function why(error: unknown): string {
  if (!(error instanceof z.ZodError)) return `not JSON of a run: ${error instanceof Error ? error.message : error}`
  const [first] = error.issues
  return first === undefined ? 'not JSON of a run' : `${first.path.join('.') || 'the line'}: ${first.message}`
}
