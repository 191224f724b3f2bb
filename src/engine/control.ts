import {renderValue, test} from '../template/template.ts'
import type {Variables} from '../template/variables.ts'
import {failedBy} from './done.ts'
import {foldersOf} from './find-source.ts'
import type {HostRun} from './host-run.ts'
import {itemLayer, loopItems} from './loop-items.ts'
import {type Node, unfold} from './node.ts'
import {scopeAround} from './prepare.ts'
import {tellFailedInclude} from './tell.ts'

/** An include in a host's list of things to do. */
export type IncludeNode = Extract<Node, {kind: 'include'}>

/** Puts the tasks of a file or role in place of its include; one that is missing or wrong is a failure of this host. */
export async function include(run: HostRun, node: IncludeNode): Promise<void> {
  run.drop(node)
  try {
    run.nodes = [...(await opened(run, node, run.variables)), ...run.nodes]
  } catch (error) {
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
    return items.map((_, at) => ({...node, include: once, layers: [...node.layers, itemLayer(loop, items, at)]}))
  }
  if (!test(node.include.when, scope)) return []
  const {entries, handlers} = await node.include.load(String(renderValue(node.include.file, scope)))
  run.handlers.add(handlers, layers)
  return unfold(entries, node.nets, layers)
}

/** Does what meta says: calls the notified handlers now, or ends the host's play. */
export async function meta(run: HostRun, node: Extract<Node, {kind: 'meta'}>): Promise<void> {
  run.drop(node)
  if (!test(node.meta.when, run.variables)) return
  const {action} = node.meta
  if (action === 'end_play') run.options.peers.over = true
  if (action === 'end_host' || action === 'end_batch' || action === 'end_play') run.nodes = []
  if (action === 'reset_connection') await reset(run)
  if (action === 'refresh_inventory') await run.options.inventory.refresh()
  if (action === 'flush_handlers') run.nodes = [...run.handlers.reachedBy(run.handlers.notified), ...run.nodes]
}

/** A new login has the groups that its user is in now. What was seen over the old one is to be compared before it is relied on. */
async function reset(run: HostRun): Promise<void> {
  run.epoch++
  if (!run.options.link.local) await run.options.link.reopen()
}
