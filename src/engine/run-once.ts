import {flagFrom} from './decide.ts'
import type {HostRun} from './host-run.ts'
import type {TaskNode} from './node.ts'
import {scopeOf} from './prepare.ts'
import {sightingOf} from './sighting.ts'

/** Whether a task is done by one host for all; a keyword with variables is decided by now. Throws TaskError. */
export function isOnce(run: HostRun, node: TaskNode): boolean {
  const {runOnce: text, ...undecided} = node.task.undecided ?? {}
  if (text !== undefined) {
    const said = flagFrom('runOnce', text, scopeOf(node, run.variables)) ?? false
    node.task = {...node.task, undecided, runOnce: said}
  }
  return run.options.peers.isOnce(node.task)
}

/** Takes what another host did for all; false when it is on this host to do it. */
export async function follow(run: HostRun, node: TaskNode): Promise<boolean> {
  const {peers, host} = run.options
  const shared = await peers.sharedFor(host, node)
  run.knowledge.before = run.knowledge.findings
  if (!shared) return peers.endedBefore(node)
  run.options.guard?.ended(sightingOf(run, node))
  run.drop(node)
  run.knowledge.learn(shared)
  if (shared.failed) run.fall(node)
  return true
}

/** Gives all hosts what a task that runs once has told this one. */
export function lead({options, knowledge}: HostRun, {place}: TaskNode, failed: boolean): void {
  options.peers.share(place, {...knowledge.news, failed})
}
