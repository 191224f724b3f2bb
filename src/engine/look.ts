import {answerOf, type Frame, hashOf} from './frames.ts'
import type {HostRun} from './host-run.ts'
import type {TaskNode} from './node.ts'
import {lookScript} from './script.ts'

/** Asks the probes of all tasks that are ready and have no answer yet: one trip, or none if there are none. */
export async function lookAt(run: HostRun, nodes: readonly TaskNode[]): Promise<void> {
  const asked = nodes.filter(node => node.ready.kind === 'host' && !node.answer)
  if (asked.length === 0) return
  run.options.emit({type: 'looking', host: run.options.host, tasks: asked.length})
  const fragments = asked.flatMap((node, index) =>
    node.ready.kind === 'host' ? [{...node.ready, probe: node.ready.bound.probe, index}] : [],
  )
  await run.options.link.look(
    nonce => lookScript(nonce, fragments),
    frame => {
      if (frame.word === 'pending') return leftBehind(run, frame)
      const node = asked[frame.index]
      if (frame.word === 'answer' && node) takeAnswer(run, node, frame)
    },
  )
}

/** Reads an answer and plans from it; an answer that the module cannot read or plan from breaks the task. */
export function takeAnswer(run: HostRun, node: TaskNode, frame: Frame): void {
  if (node.ready.kind !== 'host') return
  try {
    node.answer = {hash: hashOf(frame), plan: node.ready.bound.look(answerOf(frame)), epoch: run.epoch}
  } catch (error) {
    node.ready = {kind: 'broken', error: error instanceof Error ? error : new Error(String(error))}
  }
}

/** Handlers that an earlier run was to call and did not. */
function leftBehind(run: HostRun, frame: Frame): void {
  const known = new Set(run.handlers.nodes.flatMap(({task}) => (task.name ? [task.name, ...task.listen] : task.listen)))
  for (const name of answerOf(frame)
    .split('\n')
    .filter(one => known.has(one) && !run.handlers.notified.has(one))) {
    run.handlers.notified.add(name)
    run.options.emit({
      type: 'notice',
      host: run.options.host,
      message: `an earlier run did not get to its handler "${name}": it runs now`,
    })
  }
}
