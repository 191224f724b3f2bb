import type {Play, Task} from '../play.ts'
import {type TaskNode, taskNode} from './node.ts'

/** A play's handlers on one host, and which of them were notified, here or by a run that did not get to its end. */
export class Handlers {
  readonly notified = new Set<string>()
  readonly #nodes: ReadonlyMap<Task, TaskNode>

  constructor(play: Play) {
    this.#nodes = new Map(play.handlers.map(task => [task, taskNode(task, [], [], true)]))
  }

  /** All handlers, to be looked at ahead. */
  get nodes(): readonly TaskNode[] {
    return [...this.#nodes.values()]
  }

  /** Those that any of the names reaches, in the play's order. */
  reachedBy(names: Iterable<string>): readonly TaskNode[] {
    const wanted = new Set(names)
    return this.nodes.filter(({task}) => namesOf(task).some(name => wanted.has(name)))
  }

  isNotified(task: Task): boolean {
    return namesOf(task).some(name => this.notified.has(name))
  }

  /** A handler that ran is no longer notified, and may be again. */
  ran(node: TaskNode): void {
    for (const name of namesOf(node.task)) this.notified.delete(name)
    node.answer = undefined
    node.ready = {kind: 'unready'}
    node.tries = 0
    node.moves = 0
  }
}

/** The names that notify a handler: its own, and what it listens to. */
export function namesOf(task: Task): readonly string[] {
  return task.name === undefined ? task.listen : [task.name, ...task.listen]
}
