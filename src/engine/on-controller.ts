import {TaskError} from '../errors.ts'
import type {Addition, Controller, Outcome} from '../module.ts'
import {PendingVariable} from '../template/scope.ts'
import {evaluate, test} from '../template/template.ts'
import type {Variables} from '../template/variables.ts'
import {failedBy} from './done.ts'
import {reachable} from './elsewhere.ts'
import type {HostRun} from './host-run.ts'
import {elsewhereOf, type TaskNode} from './node.ts'
import {waitForOther, withOthers} from './others.ts'
import {scopeOf} from './prepare.ts'
import {remoteFor} from './remote.ts'
import {variableFiles} from './variable-files.ts'
import type {Done} from './verdict.ts'

/** Runs a controller module for a host; what it throws is the task's failure. */
export async function onController(
  run: HostRun,
  node: TaskNode,
  act: (controller: Controller) => Promise<Outcome>,
): Promise<Done> {
  try {
    const {
      facts = {},
      included = {},
      adds = [],
      ...outcome
    } = await act(controllerFor(run, node, scopeOf(node, withOthers(run, node, run.variables))))
    const other = node.task.delegateFacts ? elsewhereOf(node) : undefined
    other?.learn(facts)
    run.knowledge.learn({learned: other ? {} : facts, included})
    if (adds.length === 0) return {...outcome, changes: []}
    return {...outcome, changed: await added(run, node, adds), changes: []}
  } catch (error) {
    if (error instanceof PendingVariable && error.other) {
      await waitForOther(run, node, error.other)
      return onController(run, node, act)
    }
    const other = elsewhereOf(node)
    return failedBy(other ? reachable(error, other) : error)
  }
}

/** Whether what a task adds to the inventory is new. */
async function added(run: HostRun, {task}: TaskNode, adds: readonly Addition[]): Promise<boolean> {
  const {inventory, host} = run.options
  const news = await Promise.all(adds.map(one => inventory.add(one, host, task.source)))
  return news.includes(true)
}

function controllerFor(run: HostRun, node: TaskNode, scope: Variables): Controller {
  const {host, address, check, signal, ask} = run.options
  return {
    remote: remoteFor(run, node, scope),
    ask,
    host,
    address,
    check,
    signal,
    files: variableFiles(node.task, scope),
    variable: name => scope.get(name),
    evaluate: expression => asTaskError(() => evaluate(expression, scope)),
    test: expression => asTaskError(() => test([expression], scope)),
  }
}

function asTaskError<Result>(make: () => Result): Result {
  try {
    return make()
  } catch (error) {
    if (error instanceof Error && error.name === 'TemplateError') throw new TaskError({message: error.message})
    throw error
  }
}
