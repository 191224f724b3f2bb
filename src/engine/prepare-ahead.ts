import type {Block, Task} from '../play.ts'
import type {Variables} from '../template/variables.ts'
import {opened} from './control.ts'
import type {HostRun} from './host-run.ts'
import {type Node, type Readiness, type TaskNode, unfold} from './node.ts'
import {withOthers} from './others.ts'
import {definesOf, prepare} from './prepare.ts'

/** How many tasks are ready at once: each holds some kilobytes until it is done, on every host that is at work. */
const window = 500

/**
 * Makes ready what can be known now, from here on. What a task will register or find is not known to those
 * after it until it has run: they stay unready if they mention it. Includes are opened as far as they are known; nothing is known
 * beyond what may define anything. Of thousands of tasks the first hundreds are made ready, unless all are to be compared with a plan first.
 */
export async function prepareAhead(run: HostRun): Promise<void> {
  const pending = new Pending()
  const nodes: Node[] = []
  /** Last first: thousands of tasks may be waiting. */
  const left = run.nodes.toReversed()
  const most = run.options.guard ? Number.POSITIVE_INFINITY : window
  for (let node = left.at(-1); node && !pending.everything && nodes.length < most; node = left.at(-1)) {
    const prepared = await prepareNode(run, node, pending)
    left.pop()
    if (node.kind === 'include' && !prepared.includes(node)) {
      left.push(...prepared.toReversed())
      continue
    }
    nodes.push(...prepared)
    for (const one of prepared) pending.add(one, run.variables)
    if (run.knowledge.late.open.length > 0 && (pending.names.size > 0 || pending.facts)) pending.everything = true
  }
  run.nodes = [...nodes, ...left.toReversed()]
  if (pending.everything || left.length > 0) return
  for (const handler of run.handlers.nodes)
    if (handler.task.loop === undefined) await prepareNode(run, handler, pending)
}

async function prepareNode(run: HostRun, node: Node, pending: Pending): Promise<readonly Node[]> {
  const known = () => withOthers(run, node, run.variables.withPending(pending.names, pending.facts))
  const {peers, host} = run.options
  if (node.kind === 'task' && peers.isOnce(node.task) && !peers.leads(host, node)) return [node]
  if (node.kind === 'task' && isWaiting(node, pending)) return [node]
  if (node.kind === 'task' && node.ready.kind === 'unready') return prepare(node, known(), run.options)
  // Of what it brings or takes away, later tasks may be made.
  if (node.kind === 'meta' && ['refresh_inventory', 'clear_facts'].includes(node.meta.action)) pending.everything = true
  if (node.kind !== 'include') return [node]
  try {
    return await opened(run, node, known())
  } catch {
    // Not known yet, or wrong: it is told when it is its turn.
    pending.everything = true
    return [node]
  }
}

/** What it mentions first of all that was not known is not known yet: another try would get no further. */
function isWaiting({ready, waitsFor, other}: TaskNode, pending: Pending): boolean {
  return ready.kind === 'unready' && waitsFor !== undefined && other === undefined && pending.names.has(waitsFor)
}

/** The names that tasks before this one are going to make. */
class Pending {
  readonly names = new Set<string>()
  facts = false
  /** Anything may be defined or changed here. */
  everything = false
  readonly #blocks = new Set<Block>()

  add(node: Node, variables: Variables): void {
    if (node.kind === 'task') this.#addTask(node, variables)
    for (const {block} of node.nets.filter(net => net.section === 'block')) this.#addRescue(block, variables)
  }

  /** What a rescue would bring, nobody knows before the end of its block. */
  #addRescue(block: Block, variables: Variables): void {
    if (this.#blocks.has(block)) return
    this.#blocks.add(block)
    for (const name of ['ansible_failed_task', 'ansible_failed_result']) this.names.add(name)
    for (const node of unfold(block.rescue)) {
      if (node.kind === 'task') this.#addTask(node, variables)
      else if (node.kind === 'include') this.everything = true
    }
  }

  #addTask({task, ready}: TaskNode, variables: Variables): void {
    if (ready.kind !== 'skip' && isBarrier(task, ready)) this.everything = true
    if (task.register) this.names.add(task.register)
    if (ready.kind === 'skip') return
    const defined = ready.kind === 'controller' ? ready.defines : definesOf(task, task.args, variables)
    if (defined === undefined) this.everything = true
    for (const name of defined ?? []) this.names.add(name)
    if (task.module.kind === 'host' && task.module.facts) this.facts = true
  }
}

/** What is done on another host, or on this machine, may change what later tasks are made of: files here, services there. */
function isBarrier({module, delegateTo}: Task, ready: Readiness): boolean {
  if (module.kind !== 'host') return module.barrier
  if (delegateTo === undefined) return false
  return ready.kind !== 'host' || ready.elsewhere !== undefined
}
