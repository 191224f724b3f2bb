import {UnreachableError} from '../errors.ts'
import {LinkLost} from '../transport/transport.ts'
import type {HostRun} from './host-run.ts'
import type {Node, TaskNode} from './node.ts'
import {register} from './register.ts'
import {tell} from './tell.ts'

/** Goes on after a task for which the host could not be reached, where the task wants that; throws what it is given otherwise. */
export function withoutHost(run: HostRun, node: Node, error: unknown): void {
  const lost = error instanceof UnreachableError || error instanceof LinkLost
  if (lost && !(node.kind === 'task' && node.task.ignoreUnreachable)) {
    run.options.peers.remove(run.options.host)
    run.options.peers.fell(node, false)
  }
  if (!lost || node.kind !== 'task' || !node.task.ignoreUnreachable) throw error
  goOnWithout(run, node, error.message)
}

/** Ends a task for which its host, or the one that it is delegated to, could not be reached. */
export function goOnWithout(run: HostRun, node: TaskNode, message: string): void {
  run.drop(node)
  const done = {changed: false, unreachable: true, failure: {message}, result: {}, changes: []}
  tell(run, node, done, {ms: 0, rescued: false})
  register(run, node, {unreachable: true, changed: false, failed: false, msg: message})
}
