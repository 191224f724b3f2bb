import type {Values} from '../module.ts'
import {isMap} from '../value.ts'
import type {HostRun} from './host-run.ts'
import {elsewhereOf, type TaskNode} from './node.ts'

/** Keeps what a task found: facts, and its result where it registers one; the results of a loop's items come together. */
export function register({knowledge}: HostRun, node: TaskNode, result: Values): void {
  const {module, register: name, loopVar, delegateFacts} = node.task
  const facts = module.kind === 'host' ? result.ansible_facts : undefined
  const other = delegateFacts ? elsewhereOf(node) : undefined
  if (isMap(facts)) (other ?? knowledge).learnFacts(facts)
  if (!name) return
  if (!node.item) return knowledge.learn({learned: {[name]: result}})
  const {loop, layer} = node.item
  loop.results.push({...result, ...layer, ansible_loop_var: loopVar})
  const some = (key: string) => loop.results.some(one => one[key] === true)
  const results = [...loop.results]
  knowledge.learn({learned: {[name]: {results, changed: some('changed'), failed: some('failed')}}})
}
