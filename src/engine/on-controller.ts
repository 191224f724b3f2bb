import {TaskError} from '../errors.ts'
import type {Controller, Outcome} from '../module.ts'
import {evaluate, test} from '../template/template.ts'
import type {Variables} from '../template/variables.ts'
import {failedBy} from './done.ts'
import type {HostRun} from './host-run.ts'
import {elsewhereOf, type TaskNode} from './node.ts'
import {scopeOf} from './prepare.ts'
import {variableFiles} from './variable-files.ts'
import type {Done} from './verdict.ts'

/** Runs a controller module for a host; what it throws is the task's failure. */
export async function onController(
  run: HostRun,
  node: TaskNode,
  act: (controller: Controller) => Promise<Outcome>,
): Promise<Done> {
  try {
    const {facts = {}, included = {}, ...outcome} = await act(controllerFor(run, node, scopeOf(node, run.variables)))
    const other = node.task.delegateFacts ? elsewhereOf(node) : undefined
    other?.learn(facts)
    run.knowledge.learn({learned: other ? {} : facts, included})
    return {...outcome, changes: []}
  } catch (error) {
    return failedBy(error)
  }
}

function controllerFor(run: HostRun, {task}: TaskNode, scope: Variables): Controller {
  const {host, address, check, signal} = run.options
  return {
    host,
    address,
    check,
    signal,
    files: variableFiles(task, scope),
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
