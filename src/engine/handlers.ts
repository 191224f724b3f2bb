import type {Values} from '../module.ts'
import type {Play, Task} from '../play.ts'
import {type TaskNode, taskNode} from './node.ts'
import {type Place, theEnd} from './place.ts'

/** A play's handlers on one host, and which of them were notified, here or by a run that did not get to its end. */
export class Handlers {
  readonly #notified = new Set<Task>()
  readonly #nameOf: (node: TaskNode) => string
  readonly #nodes: Map<Task, TaskNode>

  /** `nameOf` puts variables into the name of a handler. */
  constructor(play: Play, nameOf: (node: TaskNode) => string) {
    this.#nameOf = nameOf
    this.#nodes = new Map(
      play.handlers.map(task => [task, taskNode(task, {nets: [], layers: [], place: theEnd}, task)]),
    )
  }

  /** Adds those of a role that was included; one that is there already, from the same place, is not added again. `layers` is what the include adds to the variables. */
  add(handlers: readonly Task[], layers: readonly Values[]): void {
    const places = new Set(this.nodes.map(({task}) => placeOf(task)))
    for (const task of handlers.filter(one => !places.has(placeOf(one))))
      this.#nodes.set(task, taskNode(task, {nets: [], layers, place: theEnd}, task))
  }

  /** All handlers, to be looked at ahead. */
  get nodes(): readonly TaskNode[] {
    return [...this.#nodes.values()]
  }

  /** Those that any of the names reaches, in the play's order. Of several with the same name, the last one stands for all, as in Ansible. */
  reachedBy(names: Iterable<string>): readonly TaskNode[] {
    const wanted = new Set(names)
    const isWanted = (node: TaskNode) => this.namesOf(node).some(name => wanted.has(name))
    const byName = new Map(this.nodes.filter(isWanted).map(node => [this.#ownName(node) ?? node, node]))
    const last = new Set(byName.values())
    return this.nodes.filter(node => last.has(node))
  }

  /** Has those that any of the names reaches called; says whether one of them was not yet to be. */
  notify(names: Iterable<string>): boolean {
    const more = this.reachedBy(names).filter(node => !this.isNotified(node))
    for (const {handler} of more) if (handler) this.#notified.add(handler)
    return more.length > 0
  }

  /** Those that are notified, and those that more names are going to reach, to be done at a place. */
  called(at: Place, more: Iterable<string> = []): readonly TaskNode[] {
    const reached = new Set(this.reachedBy(more))
    return this.nodes.flatMap((node, index) =>
      reached.has(node) || this.isNotified(node) ? [Object.assign(node, {place: [...at, index]})] : [],
    )
  }

  /** Whether a notification is written down on the host; what runs on the controller or on another host is done with this run. */
  isKept = (name: string): boolean =>
    this.reachedBy([name]).some(({task}) => task.module.kind === 'host' && task.delegateTo === undefined)

  isNotified({handler}: TaskNode): boolean {
    return handler !== undefined && this.#notified.has(handler)
  }

  /** The names that notify a handler: its own, with and without its role, and what it listens to. */
  namesOf(node: TaskNode): readonly string[] {
    const {listen, role} = node.task
    const own = this.#ownName(node)
    if (own === undefined) return listen
    return role ? [own, `${role.name} : ${own}`, ...listen] : [own, ...listen]
  }

  #ownName(node: TaskNode): string | undefined {
    return node.task.name === undefined ? undefined : this.#nameOf(node)
  }

  /** The names that reach a handler as the last one: once it ran, nobody needs them any more. */
  lastReachedBy(node: TaskNode): readonly string[] {
    return this.namesOf(node).filter(name => this.reachedBy([name]).at(-1)?.handler === node.handler)
  }

  /** A handler that ran is no longer notified, and may be again; the others that the same name reached still are. */
  ran(node: TaskNode): void {
    if (node.handler) this.#notified.delete(node.handler)
    node.answer = undefined
    node.ready = {kind: 'unready'}
    node.tries = 0
    node.moves = 0
  }
}

function placeOf({source: {file, line, column}}: Task): string {
  return `${file}:${line}:${column}`
}
