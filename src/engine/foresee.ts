import {UnreachableError} from '../errors.ts'
import {PendingVariable} from '../template/scope.ts'
import {test} from '../template/template.ts'
import {LinkLost} from '../transport/transport.ts'
import {type IncludeNode, opened} from './control.ts'
import type {Foreseen, Foresight} from './foresight.ts'
import type {HostRun} from './host-run.ts'
import {lookAt} from './look.ts'
import {elsewhereOf, isChecked, isLastItem, type Node, type TaskNode} from './node.ts'
import {definesOf} from './prepare.ts'
import {sightingOf} from './sighting.ts'
import {itemOf, titleOf} from './title.ts'

/**
 * Says of a node what a plan says of it, where that differs from check mode: what would change something is not done, and what comes
 * after it is not guessed. False: the node goes the way that it goes in check mode.
 */
export async function foresee(run: HostRun, node: Node, foresight: Foresight): Promise<boolean> {
  if (node.kind === 'rethrow') return false
  if (node.kind === 'task') return foreseeTask(run, node, foresight)
  const title = node.kind === 'meta' ? `meta: ${node.meta.action}` : includeTitle(node)
  const unknown = foresight.opaque ?? (await pendingFor(run, node, foresight))
  if (unknown === undefined) return false
  run.drop(node)
  // A flush brings handlers, and no more.
  if (node.kind === 'meta' && node.meta.action === 'flush_handlers') return true
  foresight.opaque ??= title
  const {source} = node.kind === 'meta' ? node.meta : node.include
  foresight.add({...unseen(run, title, node), source, mark: 'unknown', waitsFor: unknown})
  return true
}

/** Marks a task unknown that does not become ready because it mentions what nobody knows. False: it mentions nothing such. */
export function waitsForEver(run: HostRun, node: TaskNode, foresight: Foresight): boolean {
  const waitsFor = node.waitsFor === undefined ? undefined : foresight.pending.get(node.waitsFor)
  if (waitsFor === undefined) return false
  unknown(run, node, foresight, {waitsFor, reason: `it mentions ${node.waitsFor}`})
  return true
}

async function foreseeTask(run: HostRun, node: TaskNode, foresight: Foresight): Promise<boolean> {
  const {task, ready, answer} = node
  const {cause, opaque} = foresight
  if (node.handler && !run.handlers.isNotified(node)) return false
  const doubt = node.handler ? foresight.doubt(run.handlers.namesOf(node)) : undefined
  if (doubt !== undefined)
    return unknown(run, node, foresight, {waitsFor: doubt, reason: 'nobody knows yet whether it is notified'})
  if (opaque !== undefined) return unknown(run, node, foresight, {waitsFor: opaque})
  const pending = judgedBy(node, foresight)
  if (pending !== undefined) return unknown(run, node, foresight, {waitsFor: pending})
  if (ready.kind === 'skip') return dryOnly.test(ready.message) && leftOut(run, node, foresight)
  if (ready.kind === 'broken' && ready.final && cause !== undefined)
    return unknown(run, node, foresight, {waitsFor: cause, reason: `now it cannot be: ${ready.error.message}`})
  if (ready.kind === 'controller' && cause !== undefined && looksOutside(node))
    return unknown(run, node, foresight, {waitsFor: cause, reason: 'it looks at what comes of all this'})
  if (elsewhereOf(node) && !answer) return (await lookElsewhere(run, node)) && foreseeAnswer(run, node, foresight)
  if (ready.kind !== 'host' || !answer || (answer.epoch !== run.epoch && isChecked(task, true))) return false
  return foreseeAnswer(run, node, foresight)
}

/** Asks the host that a task is delegated to. False: it could not be asked, which is told when the task is done. */
async function lookElsewhere(run: HostRun, node: TaskNode): Promise<boolean> {
  const other = elsewhereOf(node)
  if (!other || node.ready.kind !== 'host') return false
  try {
    await lookAt(run, [node], other.link)
    return node.answer !== undefined
  } catch (error) {
    if (error instanceof UnreachableError || error instanceof LinkLost) return false
    throw error
  }
}

function foreseeAnswer(run: HostRun, node: TaskNode, foresight: Foresight): boolean {
  const {task, answer} = node
  const {cause} = foresight
  const changes = answer?.plan.changes ?? []
  if (task.module.kind === 'host' && task.module.facts) return false
  if (answer?.impossible) {
    const reason = `now it cannot be: ${answer.impossible.message}`
    return cause !== undefined && unknown(run, node, foresight, {waitsFor: cause, reason})
  }
  if (changes.length === 0 || task.checkMode !== undefined)
    return (
      cause !== undefined && unknown(run, node, foresight, {waitsFor: cause, reason: inOrder(changes.length === 0)})
    )
  if (isReader(node)) return left(run, node, foresight, {mark: 'run', reason: readerReason(node)})
  return left(run, node, foresight, {mark: 'change'})
}

function inOrder(now: boolean): string {
  return now ? 'now it is in order' : 'now it would change something'
}

/** A condition keeps a task out of dry runs: one that cannot change the host is done by the run, any other is not known. */
function leftOut(run: HostRun, node: TaskNode, foresight: Foresight): boolean {
  const reason = 'its condition keeps it out of dry runs'
  if (isHarmless(node)) return left(run, node, foresight, {mark: 'run', reason})
  return unknown(run, node, foresight, {reason})
}

const dryOnly = /\bansible_check_mode\b/

function unknown(
  run: HostRun,
  node: TaskNode,
  foresight: Foresight,
  why: {readonly waitsFor?: string; readonly reason?: string},
): true {
  return left(run, node, foresight, {mark: 'unknown', ...why})
}

/** Notes a task that is for the run to do, and goes on without it. */
function left(
  run: HostRun,
  node: TaskNode,
  foresight: Foresight,
  word: Pick<Foreseen, 'mark' | 'waitsFor' | 'reason'>,
): true {
  const {item} = itemOf(node)
  const title = `${titleOf(node, run.variables)}${item === undefined ? '' : ` (${item})`}`
  foresight.add({...sightingOf(run, node), ...word})
  const disturbs = word.mark === 'change' || (word.mark === 'unknown' && !isHarmless(node))
  const {ready} = node
  const defines = ready.kind === 'controller' ? ready.defines : definesOf(node.task, node.task.args, run.variables)
  foresight.leave(node.task, title, {defines, sure: word.mark === 'change', disturbs})
  run.handlers.notify(node.task.notify)
  run.drop(node)
  if (node.handler && isLastItem(node)) run.handlers.ran(node)
  return true
}

/** Whether a task changes nothing on the host, by its module or by its own words. */
function isHarmless({task}: TaskNode): boolean {
  const isQuestion = task.module.kind === 'controller' || task.module.tells
  return isQuestion || task.checkMode === true || saysUnchanged(task.changedWhen)
}

function isReader({task}: TaskNode): boolean {
  return task.module.kind === 'host' && task.module.action && (task.module.tells || saysUnchanged(task.changedWhen))
}

function readerReason({task}: TaskNode): string {
  return saysUnchanged(task.changedWhen) ? 'it says that it changes nothing' : 'it asks or waits'
}

function saysUnchanged(words: readonly string[] | undefined): boolean {
  return words?.length === 1 && /^(false|no)$/i.test(words[0] ?? '')
}

function looksOutside({task}: TaskNode): boolean {
  return task.delegateTo !== undefined
}

/** The task that makes what this one's own judgement mentions, and that has not run. */
function judgedBy({task}: TaskNode, {pending}: Foresight): string | undefined {
  const words = [...(task.failedWhen ?? []), ...(task.changedWhen ?? []), ...(task.until ?? [])].join(' ')
  const name = [...pending.keys()].find(one => one !== task.register && new RegExp(`\\b${one}\\b`).test(words))
  return name === undefined ? undefined : pending.get(name)
}

/** The task whose result must be known before an include can be opened or a meta be tested. */
async function pendingFor(
  run: HostRun,
  node: Exclude<Node, {kind: 'task' | 'rethrow'}>,
  foresight: Foresight,
): Promise<string | undefined> {
  try {
    if (node.kind === 'meta') test(node.meta.when, run.variables)
    else await opened(run, node, run.variables)
    return undefined
  } catch (error) {
    // What is wrong in any other way is told when the node itself is done.
    return error instanceof PendingVariable ? foresight.pending.get(error.variable) : undefined
  }
}

function includeTitle({include}: IncludeNode): string {
  return include.name ?? `${include.word}: ${include.file}`
}

function unseen({options}: HostRun, task: string, node: Node): Omit<Foreseen, 'source' | 'mark'> {
  const module = node.kind === 'include' ? node.include.word : 'meta'
  const key = JSON.stringify([options.play.source, task])
  return {key, loopKey: key, task, module, handler: false, noLog: false, changes: [], steps: []}
}
