import {renderValue, test} from '../template/template.ts'
import type {HostRun} from './host-run.ts'
import {type Node, unfold} from './node.ts'

/** Puts the tasks of a file in place of include_tasks. Throws ConfigError and TemplateError. */
export async function include(run: HostRun, node: Extract<Node, {kind: 'include'}>): Promise<void> {
  run.drop(node)
  const {include, nets, layers} = node
  const inside = [...layers, include.vars]
  const scope = inside.reduce((variables, layer) => variables.with(layer), run.variables)
  if (!test(include.when, scope)) return
  const entries = await include.load(String(renderValue(include.file, scope)))
  run.nodes = [...unfold(entries, nets, inside), ...run.nodes]
}

/** Does what meta says: calls the notified handlers now, or ends the host's play. */
export async function meta(run: HostRun, node: Extract<Node, {kind: 'meta'}>): Promise<void> {
  run.drop(node)
  if (!test(node.meta.when, run.variables)) return
  const {action} = node.meta
  if (action === 'end_host' || action === 'end_play') run.nodes = []
  if (action === 'flush_handlers') run.nodes = [...run.handlers.reachedBy(run.handlers.notified), ...run.nodes]
}
