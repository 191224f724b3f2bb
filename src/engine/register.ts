import type {Values} from '../module.ts'
import type {Variables} from '../template/variables.ts'
import {isMap} from '../value.ts'
import type {HostRun} from './host-run.ts'
import {elsewhereOf, type TaskNode} from './node.ts'
import {wholeLoop} from './tally.ts'
import {renderedName} from './title.ts'

/** Keeps what a task found: facts, and its result where it registers one; the results of a loop's items come together. */
export function register({knowledge}: HostRun, node: TaskNode, result: Values): void {
  const {module, register: name, loopVar, delegateFacts} = node.task
  const facts = module.kind === 'host' ? result.ansible_facts : undefined
  const other = delegateFacts ? elsewhereOf(node) : undefined
  if (isMap(facts)) (other ?? knowledge).learnFacts(facts)
  node.item?.loop.results.push({...result, ...node.item.layer, ansible_loop_var: loopVar})
  if (name) knowledge.learn({learned: {[name]: node.item ? wholeLoop(node.item.loop.results) : result}})
}

/** What the rescue of a block knows of the task that failed. */
export function failureOf(node: TaskNode, result: Values, variables: Variables): Values {
  return {
    ansible_failed_task: {name: renderedName(node, variables), action: node.task.module.name},
    ansible_failed_result: node.item ? wholeLoop(node.item.loop.results) : result,
  }
}
