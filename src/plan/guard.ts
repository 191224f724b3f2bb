import type {Guard, How} from '../engine/guard.ts'
import type {Refusal} from '../engine/not-as-planned.ts'
import type {Sighting} from '../engine/sighting.ts'
import type {Digest} from './plan-key.ts'
import {type Masked, maskedChange} from './planned-task.ts'
import type {PlannedTask} from './saved-plan.ts'
import {stepText} from './step-text.ts'

type Change = NonNullable<PlannedTask['changes']>[number]

/** Holds a run to what a plan says of a host: nothing is done that the plan does not say, unless it says that nobody knows yet. */
export function planGuard(tasks: readonly PlannedTask[], digest: Digest, mask: Masked): Guard {
  const planned = new Map<string, PlannedTask[]>()
  for (const task of tasks) planned.set(task.key, [...(planned.get(task.key) ?? []), task])
  const [ended, begun] = [new Set<string>(), new Set<string>()]
  const opaque = tasks.some(({mark, module}) => mark === 'unknown' && isOpaque(module))
  return {
    refuse: (sighting, how) => {
      const found = planned.get(digest(sighting.key)) ?? planned.get(digest(sighting.loopKey))
      if (!found) return sighting.changes.length === 0 || opaque ? undefined : refusal('it is not in the plan')
      const now = sighting.changes.map(change => maskedChange(change, mask))
      const refusals = found.map(task => compare(task, sighting, {...how, now, digest}))
      return refusals.includes(undefined) ? undefined : refusals[0]
    },
    ended: ({key, loopKey}) => {
      ended.add(digest(key))
      begun.add(digest(loopKey))
    },
    // A loop may have ended as one (another host did it for all), or have been planned as one (its items were not known).
    notReached: () =>
      tasks
        .filter(
          ({key, loop_key: loop}) => ![key, loop].some(one => ended.has(one)) && !(key === loop && begun.has(key)),
        )
        .flatMap(notReached),
  }
}

/** Nothing was to come of what is in order, and of an unknown handler, include or meta nothing need come. */
function notReached({task, module, item, handler, mark, file, line, column, changes = []}: PlannedTask) {
  if (mark !== 'change' && mark !== 'run' && mark !== 'unknown') return []
  if (mark === 'unknown' && (handler || isOpaque(module))) return []
  const source = {file, line, column}
  return [{task, module, ...(item !== undefined && {item}), mark, changes, source}]
}

function isOpaque(module: string): boolean {
  return /^(include_\w+|meta)$/.test(module)
}

type Compared = How & {readonly now: readonly Change[]; readonly digest: Digest}

function compare(
  task: PlannedTask,
  seen: Sighting,
  {untouched, skipped, asks, now, digest}: Compared,
): Refusal | undefined {
  const {mark} = task
  if (mark === 'run' || mark === 'failed' || (mark === 'unknown' && (!untouched || task.answer === undefined)))
    return undefined
  if (skipped)
    return mark === 'change'
      ? refusal(`the plan has it done${what(task)}, and now its condition leaves it out`)
      : undefined
  if (mark === 'skipped')
    return now.length === 0 ? undefined : refusal('the plan leaves it out, and now it would be done')
  if (task.question !== undefined && seen.question !== undefined && digest(seen.question) !== task.question)
    return refusal(otherwise)
  // The plan was made with its result; there is nothing on the host that could have moved.
  if (mark === 'ok' && asks) return undefined
  return answered(task, seen, {untouched, now, digest})
}

function answered(
  task: PlannedTask,
  seen: Sighting,
  {untouched, now, digest}: Omit<Compared, 'skipped' | 'asks'>,
): Refusal | undefined {
  const moved = () => refusal(movedMessage(untouched), task.hidden ? [] : movedBetween(task, now))
  const inOrder = task.mark === 'ok' || (task.steps === undefined && task.mark === 'unknown')
  // What is still in order may answer otherwise: the plan's word is still true.
  if (inOrder && now.length === 0) return undefined
  if (task.mark === 'ok' || (untouched && seen.answer !== undefined && digest(seen.answer) !== task.answer))
    return moved()
  const allowed = new Set(task.steps?.map(step => step.digest))
  // What an earlier task of the plan has moved may leave less to do, never other things.
  if (seen.steps.every(step => allowed.has(digest(stepText(step))))) return undefined
  return untouched ? refusal(otherwise) : moved()
}

/** What of a task the plan was to change, in parentheses. */
function what({changes = []}: PlannedTask): string {
  return changes.length === 0 ? '' : ` (${changes.map(change => change.what).join(', ')})`
}

const otherwise =
  'it wants something else than when the plan was made: an input, a file that it takes or a fact has changed'

function movedMessage(untouched: boolean): string {
  return untouched
    ? 'the host is no longer as it was when the plan was made'
    : 'what was done before has moved it further than the plan says'
}

function refusal(message: string, moved: readonly Change[] = []): Refusal {
  return {message, hint: 'look at what has changed, and make a new plan', moved}
}

/** What is otherwise on the host, as far as the plan holds it: then and now. What was in order was as it is wanted. */
function movedBetween({changes = []}: PlannedTask, now: readonly Change[]): readonly Change[] {
  const words = [...new Set([...changes, ...now].map(({what}) => what))]
  return words.flatMap(what => {
    const [planned, found] = [changes, now].map(list => list.find(change => change.what === what))
    const before = planned ? planned.before : (found?.after ?? null)
    const after = found ? found.before : (planned?.after ?? null)
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{what, before, after}]
  })
}
