import type {Task} from '../play.ts'
import type {HostRun} from './host-run.ts'
import type {TaskNode} from './node.ts'
import {sightingOf} from './sighting.ts'

/** Takes what another host did for all; false when it is on this host to do it. */
export async function follow(run: HostRun, node: TaskNode): Promise<boolean> {
  const shared = await run.options.peers.sharedFor(run.options.host, nameOf(run, node.task))
  run.knowledge.before = run.knowledge.findings
  if (!shared) return run.options.peers.stopped
  count(run, node.task)
  run.options.guard?.ended(sightingOf(run, node))
  run.drop(node)
  run.knowledge.learn(shared)
  if (shared.failed) run.fall(node)
  return true
}

/** Gives all hosts what a task that runs once has told this one. */
export function lead(run: HostRun, {task}: TaskNode, failed: boolean): void {
  const what = nameOf(run, task)
  count(run, task)
  run.options.peers.share(what, {...run.knowledge.news, failed})
}

/** The same task may come again, as by a loop over an include: its place and how often it was done tell it apart. */
function nameOf(run: HostRun, task: Task): string {
  return `${placeOf(task)} ${run.once.get(placeOf(task)) ?? 0}`
}

function count(run: HostRun, task: Task): void {
  run.once.set(placeOf(task), (run.once.get(placeOf(task)) ?? 0) + 1)
}

function placeOf({source: {file, line, column}}: Task): string {
  return `${file}:${line}:${column}`
}
