import type {ExitCode} from '../engine/events.ts'
import type {Foreseen} from '../engine/foresight.ts'
import type {PlannedTask, SavedPlan} from '../plan/saved-plan.ts'
import {changeDiff} from './changes.ts'
import {failureLines} from './failure-lines.ts'
import {taskTitle} from './result-lines.ts'
import {type Format, oneLine, type Style} from './style.ts'
import {count} from './words.ts'

/** How a plan is shown. */
export type PlanScreen = {
  readonly style: Style
  /** 1 also shows what is in order or left out. */
  readonly verbosity: number
  /** What failed on each host while it was planned. */
  readonly failures: ReadonlyMap<string, readonly Foreseen[]>
  readonly exit: ExitCode
  /** Where the plan was to be kept. */
  readonly out: string | undefined
}

const marks: {readonly [mark in PlannedTask['mark']]: {readonly word: string; readonly format: Format}} = {
  ok: {word: 'ok', format: 'green'},
  change: {word: 'would change', format: 'yellow'},
  run: {word: 'will run', format: 'blue'},
  unknown: {word: 'unknown', format: 'magenta'},
  skipped: {word: 'skipped', format: 'cyan'},
  failed: {word: 'failed', format: 'red'},
}

/** A plan as people read it: for each host what would change, with diffs, what nobody knows yet and why, and the counts. */
export function planLines(plan: SavedPlan, screen: PlanScreen): string[] {
  const hosts = Object.entries(plan.hosts)
  const {style} = screen
  return [
    `Plan of ${plan.playbook.file}: nothing was changed.`,
    ...hosts.flatMap(([name, {tasks}]) => [
      '',
      style('bold', name),
      ...tasks.flatMap(task => taskLines(task, screen)),
      ...quietLines(tasks, screen),
      ...failed(screen.failures.get(name) ?? [], name, screen),
    ]),
    '',
    ...hosts.map(([name, {tasks, trips}]) => `${name}  ${counts(tasks)}  (${count(trips, 'trip')})`),
    '',
    ...verdict(
      hosts.flatMap(([, {tasks}]) => tasks),
      screen,
    ),
  ]
}

function taskLines(task: PlannedTask, {style, verbosity}: PlanScreen): string[] {
  const {mark, changes = [], hidden} = task
  if (verbosity === 0 && (mark === 'ok' || mark === 'skipped' || isQuiet(task))) return []
  const {word, format} = marks[mark]
  const heading = `  ${style(format, word.padEnd(12))}  ${taskTitle(task)}${why(task)}`
  const diff = mark === 'change' ? changes.flatMap(change => changeDiff(change, style)) : []
  const secret = mark === 'change' && hidden ? ['(hidden by no_log)'] : []
  return [heading, ...[...secret, ...diff].map(line => `    ${line}`.trimEnd())]
}

/** Unknown only because something before it would change something: few of these turn out to want anything. */
function isQuiet({mark, reason}: PlannedTask): boolean {
  return mark === 'unknown' && reason === orderly
}

function quietLines(tasks: readonly PlannedTask[], {style, verbosity}: PlanScreen): string[] {
  const quiet = tasks.filter(isQuiet)
  if (verbosity > 0 || quiet.length === 0) return []
  const {word, format} = marks.unknown
  return [
    `  ${style(format, word.padEnd(12))}  ${count(quiet.length, 'task')} in order now, after a change: -v names them`,
  ]
}

/** What the engine says of a task that it found in order, and that comes after a change. */
const orderly = 'now it is in order'

function why({mark, waits_for: waits, reason}: PlannedTask): string {
  const parts = [
    ...(waits === undefined ? [] : [`until "${oneLine(waits)}" has run`]),
    ...(reason ? [oneLine(reason)] : []),
  ]
  if (parts.length === 0 || mark === 'failed') return ''
  return `: ${parts.join('; ')}`
}

function failed(failures: readonly Foreseen[], host: string, {style, verbosity}: PlanScreen): string[] {
  return failures.flatMap(foreseen =>
    foreseen.failure && foreseen.mark === 'failed'
      ? ['', ...failureLines({...foreseen, host}, foreseen.failure, {style, verbosity}).map(line => `  ${line}`)]
      : [],
  )
}

function counts(tasks: readonly PlannedTask[]): string {
  const words = (['ok', 'change', 'unknown', 'run', 'skipped', 'failed'] as const).flatMap(mark => {
    const number = tasks.filter(task => task.mark === mark).length
    return number > 0 || mark === 'ok' || mark === 'change' ? [`${number} ${marks[mark].word}`] : []
  })
  return words.join(', ')
}

function verdict(tasks: readonly PlannedTask[], {exit, out}: PlanScreen): string[] {
  const unknown = tasks.filter(({mark}) => mark === 'unknown').length
  const changes = tasks.filter(({mark}) => mark === 'change').length
  if (exit !== 0 && exit !== 2) return [`There is no whole plan${out === undefined ? '' : `: ${out} was not written`}.`]
  const left =
    unknown === 0
      ? []
      : [`Decided during apply: ${count(unknown, 'unknown task')}, each when what it waits for has run.`]
  const wanted = changes + unknown === 0 ? 'In order: nothing to do.' : `${count(changes, 'change')} wanted.`
  return [wanted, ...left, ...(out === undefined ? [] : [`Kept in ${out}; to do exactly this: provision apply ${out}`])]
}
