import {definesOf} from '../../engine/prepare.ts'
import {variableFiles} from '../../engine/variable-files.ts'
import {type Problem, TaskError} from '../../errors.ts'
import type {Task} from '../../play.ts'
import {renderValue, test} from '../../template/template.ts'
import type {Variables} from '../../template/variables.ts'
import {isMap} from '../../value.ts'
import {known, scopesOf} from './source-files.ts'

/** The variables that a task brings, undefined where it may bring any; and what is wrong with the files that it reads. */
export type Defined = {readonly names: readonly string[] | undefined; readonly problems: readonly Problem[]}

/** Says what variables a task will bring, as far as that is known before the run. */
export function definedNames(task: Task, variables: Variables): Defined {
  if (task.module.kind === 'host') return {names: task.module.defines(task.args), problems: []}
  const scopes = scopesOf(task, variables)
  if (scopes.length === 0) return {names: definesOf(task, task.args, variables), problems: []}
  const all = scopes.map(scope => inScope(task, scope))
  const isKnown = all.every(({names}) => names !== undefined)
  return {names: isKnown ? all.flatMap(({names = []}) => names) : undefined, problems: all.flatMap(one => one.problems)}
}

function inScope(task: Task, scope: Variables): Defined {
  const {module} = task
  const args = known(() => renderValue(task.args, scope)) ?? task.args
  const runs = known(() => test(task.when, scope))
  if (module.kind === 'host' || !isMap(args) || runs === false) return {names: [], problems: []}
  try {
    return {names: module.defines(args, variableFiles(task, scope)), problems: []}
  } catch (error) {
    if (!(error instanceof TaskError)) throw error
    return {names: undefined, problems: runs && !task.ignoreErrors ? [problem(task, error)] : []}
  }
}

function problem(task: Task, {failure}: TaskError): Problem {
  const [argument] = Object.keys(task.args)
  const source = argument === undefined ? task.source : task.locate([argument])
  return {source, message: failure.message, ...(failure.hint && {suggestion: failure.hint})}
}
