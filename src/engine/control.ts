import type {Values} from '../module.ts'
import {renderValue, test} from '../template/template.ts'
import {failedBy} from './done.ts'
import type {HostRun} from './host-run.ts'
import {type Node, unfold} from './node.ts'
import {scopeAround} from './prepare.ts'
import {tellFailedInclude} from './tell.ts'

type IncludeNode = Extract<Node, {kind: 'include'}>

/** Puts the tasks of a file or role in place of its include; one that is missing or wrong is a failure of this host. */
export async function include(run: HostRun, node: IncludeNode): Promise<void> {
  run.drop(node)
  const scope = scopeAround(layersOf(node), node.include.role, run.variables)
  try {
    if (!test(node.include.when, scope)) return
    const {entries, handlers} = await node.include.load(String(renderValue(node.include.file, scope)))
    run.handlers.add(handlers, layersOf(node))
    run.nodes = [...unfold(entries, node.nets, layersOf(node)), ...run.nodes]
  } catch (error) {
    tellFailedInclude(run, node.include, failedBy(error))
    run.fall(node)
  }
}

function layersOf({layers, include}: IncludeNode): readonly Values[] {
  return [...layers, include.vars]
}

/** Does what meta says: calls the notified handlers now, or ends the host's play. */
export async function meta(run: HostRun, node: Extract<Node, {kind: 'meta'}>): Promise<void> {
  run.drop(node)
  if (!test(node.meta.when, run.variables)) return
  const {action} = node.meta
  if (action === 'end_host' || action === 'end_play') run.nodes = []
  if (action === 'flush_handlers') run.nodes = [...run.handlers.reachedBy(run.handlers.notified), ...run.nodes]
}
