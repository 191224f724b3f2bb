import type {HostRun} from './host-run.ts'
import type {Node, TaskNode} from './node.ts'
import {prepare} from './prepare.ts'

/**
 * Makes ready what can be known now, from here to the play's end. What a task will register or find is not known to those
 * after it until it has run: they stay unready if they mention it.
 */
export async function prepareAhead(run: HostRun): Promise<void> {
  const pending = new Pending()
  const nodes: Node[] = []
  for (const node of run.nodes) {
    const prepared = node.kind === 'task' ? await prepareNode(run, node, pending) : [node]
    nodes.push(...prepared)
    for (const one of prepared) if (one.kind === 'task') pending.add(one)
  }
  run.nodes = nodes
  for (const handler of run.handlers.nodes)
    if (handler.task.loop === undefined) await prepareNode(run, handler, pending)
}

async function prepareNode(run: HostRun, node: TaskNode, pending: Pending): Promise<readonly TaskNode[]> {
  if (node.ready.kind !== 'unready') return [node]
  return prepare(node, run.variables.withPending(pending.names, pending.facts), run.options.privileges)
}

/** The names that tasks before this one are going to make. */
class Pending {
  readonly names = new Set<string>()
  facts = false

  add({task, ready}: TaskNode): void {
    if (ready.kind === 'skip' && !task.register) return
    if (task.register) this.names.add(task.register)
    if (task.module.kind === 'controller') for (const name of task.module.defines(task.args)) this.names.add(name)
    if (task.module.kind === 'host' && task.module.facts) this.facts = true
  }
}
