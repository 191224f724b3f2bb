import {PendingVariable} from '../template/scope.ts'
import {renderValue, test} from '../template/template.ts'
import type {Variables} from '../template/variables.ts'
import {failedBy} from './done.ts'
import {foldersOf} from './find-source.ts'
import type {HostRun} from './host-run.ts'
import {itemLayer, loopItems} from './loop-items.ts'
import {type Node, unfold} from './node.ts'
import {waitForOther, withOthers} from './others.ts'
import {scopeAround} from './prepare.ts'
import {tellFailedInclude} from './tell.ts'

/** An include in a host's list of things to do. */
export type IncludeNode = Extract<Node, {kind: 'include'}>

/** Puts the tasks of a file or role in place of its include; one that is missing or wrong is a failure of this host. */
export async function include(run: HostRun, node: IncludeNode): Promise<void> {
  try {
    const brought = await opened(run, node, withOthers(run, node, run.variables))
    run.nodes = [...brought, ...run.nodes.filter(one => one !== node)]
  } catch (error) {
    if (error instanceof PendingVariable && error.other) return waitForOther(run, node, error.other)
    tellFailedInclude(run, node.include, failedBy(error))
    run.fall(node)
  }
}

/** What stands in place of an include: one include for each item of its loop, else what it brings. Throws PendingVariable and what is wrong. */
export async function opened(run: HostRun, node: IncludeNode, variables: Variables): Promise<readonly Node[]> {
  const layers = [...node.layers, node.include.vars]
  const scope = scopeAround(layers, node.include.role, variables)
  const {loop, ...once} = node.include
  if (loop) {
    const inside = node.include.word === 'include_tasks' ? 'tasks' : 'vars'
    const items = loopItems(loop, scope, foldersOf(node.include, inside, scope))
    return items.map((_, at) => ({
      ...node,
      include: once,
      layers: [...node.layers, itemLayer(loop, items, at)],
      place: [...node.place, at],
    }))
  }
  if (!test(node.include.when, scope)) return []
  const {entries, handlers, open} = await node.include.load(text => String(renderValue(text, scope)))
  run.handlers.add(handlers, layers)
  if (open) run.knowledge.publish(open)
  run.options.peers.watch([...entries, ...handlers])
  return unfold(entries, node.nets, layers, node.place)
}
