import {failedBy} from './done.ts'
import type {NotReached} from './events.ts'
import type {Foresight} from './foresight.ts'
import type {HostRun} from './host-run.ts'
import type {Answer, TaskNode} from './node.ts'
import {NotAsPlanned, type Refusal} from './not-as-planned.ts'
import {type Sighting, sightingOf} from './sighting.ts'
import {tell} from './tell.ts'

/** A run that makes a plan keeps what is foreseen, and changes nothing; one that does a plan is held to it. */
export type Planning = {readonly foresight?: Foresight | undefined; readonly guard?: Guard | undefined}

/** Holds a host's run to a saved plan. */
export type Guard = {
  /** Why the task must not be done as it looks now. */
  refuse(sighting: Sighting, how: How): Refusal | undefined
  /** Takes in that a task ended, in whatever way. */
  ended(sighting: Sighting): void
  /** What the plan was to do, or to decide, and what has not ended. */
  notReached(): readonly NotReached[]
}

/** `untouched`: nothing was changed on the host so far. `asks`: a command that dry runs run, too, for its result. */
export type How = {readonly untouched: boolean; readonly skipped: boolean; readonly asks: boolean}

/** The answer, from which nothing is planned when a saved plan does not allow it. */
export function refused(run: HostRun, node: TaskNode, answer: Answer, guard: Guard): Answer {
  // What only looks does nothing that a plan would have to say.
  if (node.task.checkMode === true) return answer
  const how = {untouched: run.epoch === 0, skipped: false, asks: isAsking(node)}
  const refusal = guard.refuse(sightingOf(run, {...node, answer}), how)
  if (!refusal) return answer
  return {...answer, plan: {...answer.plan, changes: [], steps: [], reverts: []}, impossible: new NotAsPlanned(refusal)}
}

/**
 * Compares what was looked at with a saved plan. True: something is otherwise and nothing was done yet, so nothing is done at all on
 * this host. Once something was done, the tasks before the first one that is otherwise are done.
 */
export function keepToPlan(run: HostRun, guard: Guard): boolean {
  const tasks = [...run.nodes.filter(node => node.kind === 'task'), ...run.handlers.nodes.filter(isNotified(run))]
  for (const node of tasks) if (node.ready.kind === 'skip') refuseSkip(run, node, guard)
  const wrong = tasks.filter(node => refusalOf(node))
  if (run.epoch > 0 || wrong.length === 0) return false
  for (const node of wrong) tellRefused(run, node)
  run.nodes = []
  run.failed = true
  return true
}

function isAsking({task: {checkMode, module}}: TaskNode): boolean {
  return checkMode === false && module.kind === 'host' && module.action
}

function isNotified({handlers}: HostRun): (node: TaskNode) => boolean {
  return node => handlers.isNotified(node)
}

function refuseSkip(run: HostRun, node: TaskNode, guard: Guard): void {
  const refusal = guard.refuse(sightingOf(run, node), {untouched: run.epoch === 0, skipped: true, asks: isAsking(node)})
  if (refusal) node.ready = {kind: 'broken', error: new NotAsPlanned(refusal), final: true}
}

function refusalOf({ready, answer}: TaskNode): NotAsPlanned | undefined {
  const error = ready.kind === 'broken' ? ready.error : answer?.impossible
  return error instanceof NotAsPlanned ? error : undefined
}

function tellRefused(run: HostRun, node: TaskNode): void {
  const error = refusalOf(node)
  // A loop is counted with its last item, and this one does not get there.
  if (error && node.item) run.options.tally.add('failed')
  if (error) tell(run, node, failedBy(error), {ms: 0, rescued: false})
}
