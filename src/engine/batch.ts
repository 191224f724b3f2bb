import type {HostRun} from './host-run.ts'
import {isHeldUp} from './in-step.ts'
import {isChecked, type Node, type TaskNode} from './node.ts'
import {sendsLarge} from './staging.ts'

/** The nodes from here on that one script can do; handlers that they will notify go with it when their flush is reached. */
export function nextBatch(run: HostRun): readonly TaskNode[] {
  const batch: TaskNode[] = []
  for (let at = 0; at < run.nodes.length; at++) {
    putHandlers(run, at, batch)
    const node = run.nodes[at]
    if (
      node?.kind !== 'task' ||
      (node.ready.kind !== 'skip' && (!node.answer || isChecked(node.task, run.options.check)))
    )
      break
    // A large file is sent when its task is the next one, and its failure is that task's.
    const own = run.options.peers.isOnce(node.task) || node.task.roleRun?.repeats || sendsLarge(node)
    if (batch.length > 0 && (own || isHeldUp(run, node) || run.options.peers.endedBefore(node))) break
    batch.push(node)
    if (run.options.peers.isOnce(node.task) || endsBatch(node, run.nodes[at + 1])) break
  }
  return batch
}

/** Before a flush: the handlers that the batch is going to notify. If it does not, they are passed over later. */
function putHandlers(run: HostRun, at: number, batch: readonly TaskNode[]): void {
  const node = run.nodes[at]
  if (node?.kind !== 'meta' || node.meta.action !== 'flush_handlers' || node.meta.when.length > 0) return
  const names = batch.filter(willChange).flatMap(({task}) => task.notify)
  const waiting = run.handlers.called(node.place, names).filter(handler => !run.nodes.includes(handler))
  run.nodes = [...run.nodes.slice(0, at), ...waiting, ...run.nodes.slice(at)]
}

/** Whether the controller must have its say before the next task: it judges the result, or a new connection is to be tried. */
function endsBatch(node: TaskNode, next: Node | undefined): boolean {
  const {task, answer} = node
  if (answer?.impossible) return true
  if (!willChange(node)) return false
  if (task.loopPause || task.failedWhen || task.until || (task.changedWhen && task.notify.length > 0)) return true
  if (task.ignoreErrors && task.notify.length > 0) return true
  // Only its output tells whether it changed anything.
  if (task.module.kind === 'host' && task.module.tells && task.notify.length > 0) return true
  const risky = (answer?.plan.reverts.length ?? 0) > 0
  const nextIsRisky = next?.kind === 'task' && (next.answer?.plan.reverts.length ?? 0) > 0
  return risky && !nextIsRisky
}

function willChange(node: TaskNode): boolean {
  return (node.answer?.plan.changes.length ?? 0) > 0
}
