import type {Bound, Controller, Outcome, Plan, Values} from '../module.ts'
import type {Block, Entry, Include, Meta, Task} from '../play.ts'
import type {OtherVariable} from '../template/scope.ts'
import type {Elsewhere} from './elsewhere.ts'
import type {Status} from './events.ts'
import type {Place} from './place.ts'

/** A block that is open around a node: where its failure goes. */
export type Net = {
  readonly block: Block
  readonly section: 'block' | 'rescue' | 'always'
  readonly layers: readonly Values[]
  /** Of the block. */
  readonly place: Place
}

/** What is known of a task before it is its turn. */
export type Readiness =
  /** Mentions what nobody knows yet: a result or a fact of an earlier task. */
  | {readonly kind: 'unready'}
  | {readonly kind: 'skip'; readonly message: string; readonly empty?: true}
  /** Cannot be prepared; `final` once that was tried when it was the task's turn. */
  | {readonly kind: 'broken'; readonly error: Error; readonly final?: true}
  | {
      readonly kind: 'controller'
      readonly run: (controller: Controller) => Promise<Outcome>
      /** Names of the variables that it will bring; undefined when that cannot be said. */
      readonly defines: readonly string[] | undefined
      readonly elsewhere?: Elsewhere
    }
  | {
      readonly kind: 'host'
      readonly bound: Bound
      readonly user: string | undefined
      readonly environment: {readonly [name: string]: string}
      /** The other host on which it is to be done. */
      readonly elsewhere?: Elsewhere
    }

/** What a host answered to a task's probe, and when: `epoch` counts what has changed on the host before. */
export type Answer = {
  readonly hash: string
  /** What the host compares a later answer with: this one itself where it is short, else its fingerprint. */
  readonly expected: string
  readonly plan: Plan
  readonly epoch: number
  /** What is wanted is impossible on a host that answers so; an earlier task may still change that. */
  readonly impossible?: Error
}

/** All items of one task's loop, whose results are registered together. */
type Loop = {readonly size: number; readonly results: Values[]; readonly statuses: Status[]}

/** A task (or one item of its loop) in a host's list of things to do. */
export type TaskNode = {
  readonly kind: 'task'
  /** Another one when keywords with variables are decided. */
  task: Task
  readonly nets: readonly Net[]
  /** A handler stands where it is called. */
  place: Place
  /** What the loop and the includes around it add to the variables. */
  readonly layers: readonly Values[]
  readonly item?: {readonly label: string; readonly index: number; readonly loop: Loop; readonly layer: Values}
  /** The handler that it is, as the play has it; undefined for any other task. */
  readonly handler: Task | undefined
  ready: Readiness
  answer: Answer | undefined
  /** The name that keeps it unready. */
  waitsFor?: string
  /** The same, where another host is going to bring it. */
  other?: OtherVariable | undefined
  /** It is done without what other hosts may still bring. */
  alone?: true
  /** How often `until` has tried. */
  tries: number
  /** How often its answer was another than the one planned from. */
  moves: number
}

/** What a host still has to do, in order. */
export type Node =
  | TaskNode
  | (Inner & {readonly kind: 'include'; readonly include: Include; alone?: true})
  | (Inner & {readonly kind: 'meta'; readonly meta: Meta; alone?: true})
  /** The end of a block that failed: after `always`, the failure goes on outwards. */
  | {readonly kind: 'rethrow'; readonly nets: readonly Net[]; readonly place: Place}

type Inner = {readonly nets: readonly Net[]; readonly layers: readonly Values[]; readonly place: Place}

/** Makes nodes of entries that stand at a place; a block's sections stand one after another, `rescue` only once it is needed. */
export function unfold(
  entries: readonly Entry[],
  nets: readonly Net[] = [],
  layers: readonly Values[] = [],
  at: Place = [],
): readonly Node[] {
  return entries.flatMap((entry, index): readonly Node[] => {
    const place = [...at, index]
    if (entry.kind === 'task') return [taskNode(entry, {nets, layers, place})]
    if (entry.kind === 'include') return [{kind: 'include', include: entry, nets, layers, place}]
    if (entry.kind === 'meta') return [{kind: 'meta', meta: entry, nets, layers, place}]
    return [
      ...unfold(entry.block, [...nets, {block: entry, section: 'block', layers, place}], layers, [...place, 0]),
      ...unfold(entry.always, [...nets, {block: entry, section: 'always', layers, place}], layers, [...place, 2]),
    ]
  })
}

/** A task that nothing is known of yet. */
export function taskNode(task: Task, around: Inner, handler?: Task): TaskNode {
  return {kind: 'task', task, ...around, handler, ready: {kind: 'unready'}, answer: undefined, tries: 0, moves: 0}
}

/** The other host on which a task is to be done, if it is delegated and that is known already. */
export function elsewhereOf({ready}: TaskNode): Elsewhere | undefined {
  return ready.kind === 'host' || ready.kind === 'controller' ? ready.elsewhere : undefined
}

/** Whether a task is over with this node: it has no loop, or this is its last item. */
export function isLastItem({item}: TaskNode): boolean {
  return !item || item.index === item.loop.size - 1
}

/** Whether a task only says what it would change. */
export function isChecked(task: Task, check: boolean): boolean {
  return task.checkMode ?? check
}

/** Whether a failure goes to a `rescue`, of its own block or of one around that. */
export function willBeRescued({nets}: Node): boolean {
  return nets.some(({section, block}) => section === 'block' && block.rescue.length > 0)
}

/** What would be done if a node failed: the rescues of the blocks around it. */
export function rescuesOf({nets}: Node): readonly Node[] {
  return nets.flatMap(({section, block, layers}) => (section === 'block' ? unfold(block.rescue, [], layers) : []))
}

/** What is left to do after a failure under `nets`. Undefined: nobody caught it. */
export function afterFailure(
  rest: readonly Node[],
  nets: readonly Net[],
): {readonly rest: readonly Node[]} | undefined {
  const net = nets.at(-1)
  if (!net) return undefined
  const outer = nets.slice(0, -1)
  const inSection = (node: Node, sections: readonly string[]) => {
    const same = node.nets[outer.length]
    return same?.block === net.block && sections.includes(same.section)
  }
  const left = rest.filter(node => !inSection(node, net.section === 'always' ? ['always'] : ['block', 'rescue']))
  if (net.section === 'always') return afterFailure(left, outer)
  if (net.section === 'block' && net.block.rescue.length > 0) {
    const rescue = unfold(net.block.rescue, [...outer, {...net, section: 'rescue'}], net.layers, [...net.place, 1])
    return {rest: [...rescue, ...left]}
  }
  const always = left.filter(node => inSection(node, ['always']))
  if (always.length === 0) return afterFailure(left, outer)
  const others = left.filter(node => !inSection(node, ['always']))
  return {rest: [...always, {kind: 'rethrow', nets: outer, place: [...net.place, 3]}, ...others]}
}
