import type {HostRun} from './host-run.ts'
import type {Node} from './node.ts'
import {isBefore} from './place.ts'

/**
 * Hosts go at their own pace. Only where the failure of one ends the play for all, none begins a task before all others have ended
 * those before it, as with Ansible's strategy `linear`.
 */
export async function inStep(run: HostRun, node: Node): Promise<void> {
  const {peers, host} = run.options
  if (!peers.mayEnd) return
  let last: string | undefined
  const isAhead = () => {
    if (last === undefined || !isBehind(run, node, last)) last = laggard(run, node)
    return last === undefined
  }
  await peers.until(host, isAhead)
}

/** Whether another host still has something to do before a node that may end the play for all. */
export function isHeldUp(run: HostRun, node: Node): boolean {
  return run.options.peers.mayEnd && laggard(run, node) !== undefined
}

function laggard(run: HostRun, node: Node): string | undefined {
  return run.options.peers.hosts.find(other => isBehind(run, node, other))
}

function isBehind(run: HostRun, node: Node, name: string): boolean {
  const {peers} = run.options
  const other = peers.runOf(name)
  if (other === undefined || other === 'unbegun' || other === run) return false
  // A flush stands behind the handlers that it calls while they are done, and so is looked at only when it is next.
  const next = other.nodes.find(one => peers.concernsAll(one))
  return next !== undefined && isBefore(next.place, node.place)
}
