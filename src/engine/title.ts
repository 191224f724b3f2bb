import {renderValue} from '../template/template.ts'
import type {Variables} from '../template/variables.ts'
import {hasTemplate} from '../value.ts'
import type {TaskNode} from './node.ts'
import {scopeOf} from './prepare.ts'

/** A task's name for people, its role before it: with its variables put in where they are known, or the module's name. */
export function titleOf(node: TaskNode, variables: Variables): string {
  const title = renderedName(node, variables)
  return node.task.role ? `${node.task.role.name} : ${title}` : title
}

/** A task's name alone. */
export function renderedName(node: TaskNode, variables: Variables): string {
  const {name = node.task.module.name} = node.task
  if (!hasTemplate(name)) return name
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
