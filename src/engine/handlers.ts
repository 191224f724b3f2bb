import type {Values} from '../module.ts'
import type {Play, Task} from '../play.ts'
import {type TaskNode, taskNode} from './node.ts'
import {type Place, theEnd} from './place.ts'

/** A play's handlers on one host, and which of them were notified, here or by a run that did not get to its end. */
export class Handlers {
  readonly notified = new Set<string>()
  readonly #nameOf: (node: TaskNode) => string
  readonly #nodes: Map<Task, TaskNode>

  /** `nameOf` puts variables into the name of a handler. */
  constructor(play: Play, nameOf: (node: TaskNode) => string) {
    this.#nameOf = nameOf
    this.#nodes = new Map(
      play.handlers.map(task => [task, taskNode(task, {nets: [], layers: [], place: theEnd}, true)]),
    )
  }

  /** Adds those of a role that was included; one that is there already, from the same place, is not added again. `layers` is what the include adds to the variables. */
  add(handlers: readonly Task[], layers: readonly Values[]): void {
    const places = new Set(this.nodes.map(({task}) => placeOf(task)))
    for (const task of handlers.filter(one => !places.has(placeOf(one))))
      this.#nodes.set(task, taskNode(task, {nets: [], layers, place: theEnd}, true))
  }

  /** All handlers, to be looked at ahead. */
  get nodes(): readonly TaskNode[] {
    return [...this.#nodes.values()]
  }

  /** Those that any of the names reaches, in the play's order. */
  reachedBy(names: Iterable<string>): readonly TaskNode[] {
    const wanted = new Set(names)
    return this.nodes.filter(node => this.namesOf(node).some(name => wanted.has(name)))
  }

  /** Those that any of the names reaches, to be done at a place. */
  called(names: Iterable<string>, at: Place): readonly TaskNode[] {
    const {nodes} = this
    return this.reachedBy(names).map(node => Object.assign(node, {place: [...at, nodes.indexOf(node)]}))
  }

  /** Whether a notification is written down on the host; what runs on the controller or on another host is done with this run. */
  isKept = (name: string): boolean =>
    this.reachedBy([name]).some(({task}) => task.module.kind === 'host' && task.delegateTo === undefined)

  isNotified(node: TaskNode): boolean {
    return this.namesOf(node).some(name => this.notified.has(name))
  }

  /** The names that notify a handler: its own, with and without its role, and what it listens to. */
  namesOf(node: TaskNode): readonly string[] {
    const {name, listen, role} = node.task
    if (name === undefined) return listen
    const own = this.#nameOf(node)
    return role ? [own, `${role.name} : ${own}`, ...listen] : [own, ...listen]
  }

  /** A handler that ran is no longer notified, and may be again. */
  ran(node: TaskNode): void {
    for (const name of this.namesOf(node)) this.notified.delete(name)
    node.answer = undefined
    node.ready = {kind: 'unready'}
    node.tries = 0
    node.moves = 0
  }
}

function placeOf({source: {file, line, column}}: Task): string {
  return `${file}:${line}:${column}`
}
