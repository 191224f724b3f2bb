import {renderValue} from '../template/template.ts'
import type {Variables} from '../template/variables.ts'
import type {TaskNode} from './node.ts'
import {scopeOf} from './prepare.ts'

/** A task's name for people, its role before it: with its variables put in where they are known, or the module's name. */
export function titleOf(node: TaskNode, variables: Variables): string {
  const {name, module, role} = node.task
  const title = rendered(name ?? module.name, node, variables)
  return role ? `${role.name} : ${title}` : title
}

function rendered(name: string, node: TaskNode, variables: Variables): string {
  if (!name.includes('{{')) return name
  try {
    return String(renderValue(name, scopeOf(node, variables)))
  } catch {
    return name
  }
}

/** The loop item's label, where there is one. */
export function itemOf(node: TaskNode): {item?: string} {
  return node.item && !node.task.noLog ? {item: node.item.label} : {}
}
