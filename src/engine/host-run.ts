import {setTimeout as wait} from 'node:timers/promises'
import {Bug, TaskError} from '../errors.ts'
import type {Controller, Outcome, Values} from '../module.ts'
import type {Meta} from '../play.ts'
import {PendingVariable} from '../template/scope.ts'
import type {Variables} from '../template/variables.ts'
import {applyBatch} from './apply.ts'
import {nextBatch} from './batch.ts'
import {include} from './control.ts'
import {answered, failedBy, skipped, withoutItems, wouldChange} from './done.ts'
import {doElsewhere} from './elsewhere.ts'
import {foresee, waitsForEver} from './foresee.ts'
import {Handlers} from './handlers.ts'
import type {HostRunOptions} from './host-run-options.ts'
import {inStep} from './in-step.ts'
import {Knowledge} from './knowledge.ts'
import {lookAhead} from './look-ahead.ts'
import {meta} from './meta.ts'
import {
  afterFailure,
  elsewhereOf,
  isChecked,
  isLastItem,
  type Node,
  type TaskNode,
  unfold,
  willBeRescued,
} from './node.ts'
import {onController} from './on-controller.ts'
import {theEnd} from './place.ts'
import {scopeOf} from './prepare.ts'
import {failureOf, register} from './register.ts'
import {RoleRuns} from './role-runs.ts'
import {follow, isOnce, lead} from './run-once.ts'
import {isFailure} from './tally.ts'
import {tell, tellFailedInclude} from './tell.ts'
import {itemOf, renderedName, titleOf} from './title.ts'
import type {LateVariables} from './vars-files.ts'
import {type Done, judge, type Verdict} from './verdict.ts'
import {withoutHost} from './without-host.ts'

/** One play on one host: walks its nodes in order, looking far ahead and applying many at once. */
export class HostRun {
  readonly options: HostRunOptions
  readonly handlers: Handlers
  /** What is left to do, in order. */
  nodes: readonly Node[]
  /** Counts what has changed on the host: an answer from an earlier epoch is compared before it is relied on. */
  epoch = 0
  failed = false
  readonly knowledge: Knowledge
  readonly #roleRuns = new RoleRuns()
  /** The inventory's, when the variables were made. */
  #version: number

  constructor(options: HostRunOptions) {
    this.options = options
    this.#version = options.inventory.version
    this.knowledge = new Knowledge(options)
    this.handlers = new Handlers(options.play, node => renderedName(node, this.variables))
    const flush: Meta = {kind: 'meta', action: 'flush_handlers', source: options.play.source, when: [], tags: []}
    this.nodes = unfold([...options.play.entries, flush])
  }

  /** The host's variables with all that was registered and found so far; in a plan, without what nobody knows. */
  get variables(): Variables {
    const {version} = this.options.inventory
    if (version !== this.#version) this.knowledge.renew()
    this.#version = version
    return this.options.foresight?.without(this.knowledge.variables) ?? this.knowledge.variables
  }

  /** Does the whole play. Throws UnreachableError. */
  async run(): Promise<void> {
    const {signal, peers} = this.options
    for (let node = this.nodes[0]; node && !signal.aborted; node = this.nodes[0]) {
      await inStep(this, node)
      if (peers.endedBefore(node)) this.nodes = []
      else await this.#step(node).catch((error: unknown) => withoutHost(this, node, error))
    }
  }

  async #step(node: Node): Promise<void> {
    if (this.knowledge.late.wrong) return this.#stopFor(this.knowledge.late.wrong)
    if (this.options.foresight && (await foresee(this, node, this.options.foresight))) return
    if (node.kind === 'rethrow') return this.fall(node)
    if (node.kind === 'include') return include(this, node)
    if (node.kind === 'meta') return meta(this, node)
    if (this.#roleRuns.repeats(node)) return this.drop(node)
    if (node.handler && !this.handlers.isNotified(node)) return this.drop(node)
    if (!node.item && isOnce(this, node) && (await follow(this, node))) return
    const {ready, answer} = node
    const other = elsewhereOf(node)
    if (ready.kind === 'unready' || (ready.kind === 'host' && !answer && !other)) return lookAhead(this, node)
    if (ready.kind === 'skip') return this.skip(node)
    if (ready.kind === 'broken')
      return ready.final ? this.finish(node, failedBy(ready.error), 0) : this.#prepareAgain(node)
    if (ready.kind === 'controller') return this.#onController(node, ready.run)
    if (other) return doElsewhere(this, node, other)
    if (!answer) throw new Bug('a task without an answer')
    const current = answer.epoch === this.epoch
    if (answer.plan.changes.length === 0 && current) return this.finish(node, answered(answer), 0)
    if (isChecked(node.task, this.options.check))
      return current ? this.finish(node, wouldChange(node, answer), 0) : this.#askAgain(node)
    await this.#apply(node)
  }

  /** Without its variables, the play is not begun or goes no further. */
  #stopFor({error, source}: NonNullable<LateVariables['wrong']>): void {
    tellFailedInclude(this, {word: 'vars_files', name: undefined, file: '', source}, failedBy(error))
    this.nodes = []
    this.failed = true
  }

  async #apply(node: TaskNode): Promise<void> {
    try {
      await applyBatch(this, nextBatch(this))
    } catch (error) {
      if (!(error instanceof TaskError)) throw error
      await this.finish(node, failedBy(error), 0)
    }
  }

  /** What could not be prepared ahead may be possible now: an earlier task may have made the file that it needs. */
  async #prepareAgain(node: TaskNode): Promise<void> {
    node.ready = {kind: 'unready'}
    await lookAhead(this, node)
    const now = this.nodes[0]
    if (now?.kind === 'task' && now.ready.kind === 'broken') now.ready = {...now.ready, final: true}
  }

  /** Answers that a change has made old are of no use to tasks that only check: no script compares them. */
  async #askAgain(first: TaskNode): Promise<void> {
    for (const node of this.nodes) {
      if (node.kind === 'task' && isChecked(node.task, this.options.check) && node.answer?.epoch !== this.epoch)
        node.answer = undefined
    }
    await lookAhead(this, first)
  }

  async #onController(node: TaskNode, act: (controller: Controller) => Promise<Outcome>): Promise<void> {
    this.began(node)
    const started = performance.now()
    const done = await onController(this, node, act).catch((error: unknown) => this.#unforeseen(node, error))
    if (done) await this.finish(node, done, performance.now() - started)
  }

  /** In a plan, what a task on the controller evaluates may not be known; then the task is not, either. */
  #unforeseen(node: TaskNode, error: unknown): undefined {
    const {foresight} = this.options
    if (!foresight || !(error instanceof PendingVariable)) throw error
    node.waitsFor = error.variable
    if (!waitsForEver(this, node, foresight)) throw error
  }

  /** Tells that a task is at work. */
  began(node: TaskNode): void {
    this.options.emit({
      type: 'task-started',
      host: this.options.host,
      task: titleOf(node, this.variables),
      ...itemOf(node),
    })
  }

  /** Ends a task that was left out. */
  skip(node: TaskNode): Promise<void> {
    const {message, empty} = node.ready.kind === 'skip' ? node.ready : {message: ''}
    return this.finish(node, empty ? withoutItems(message) : skipped(message), 0)
  }

  /**
   * Ends a task: judges it, registers, notifies, tells; a failure goes to the block's rescue or ends the host's play. The items
   * of a loop are all done before its failure counts, as in Ansible.
   */
  async finish(node: TaskNode, done: Done, ms: number): Promise<void> {
    const verdict = this.#heard(node, this.#judge(node, done))
    if (verdict.again) return this.#again(node)
    const failed = verdict.done.failure !== undefined && !node.task.ignoreErrors
    const over = isLastItem(node)
    const lost = over && (failed || (node.item?.loop.statuses.some(isFailure) ?? false))
    this.drop(node)
    if (!done.skipped) this.#roleRuns.did(node)
    register(this, node, verdict.registered)
    if (over && this.options.peers.isOnce(node.task)) lead(this, node, lost)
    if (verdict.done.changed && !verdict.done.failure) this.handlers.notify(node.task.notify)
    tell(this, node, verdict.done, {ms, rescued: failed && willBeRescued(node)})
    if (!over && node.task.loopPause) await this.#pause(node.task.loopPause)
    if (lost) return this.fall(node, failureOf(node, verdict.registered, this.variables))
    if (over && node.handler) this.#called(node)
  }

  /** A handler that was called need not be once more, also by a later run: not where it had nothing to do, either. */
  #called(node: TaskNode): void {
    this.handlers.ran(node)
    if (!this.options.check) this.options.link.forget(this.handlers.lastReachedBy(node))
  }

  #judge(node: TaskNode, done: Done): Verdict {
    try {
      return judge(node.task, done, scopeOf(node, this.variables), node.tries)
    } catch (error) {
      return {done: {...done, ...failedBy(error)}, registered: {}, again: false}
    }
  }

  /** A task that changed something for which there is no handler has failed. */
  #heard({task}: TaskNode, verdict: Verdict): Verdict {
    const {done} = verdict
    const isTold = done.changed && !done.failure && !this.options.foresight
    const missing = isTold && task.notify.find(name => this.handlers.reachedBy([name]).length === 0)
    if (!missing) return verdict
    return {...verdict, done: {...done, failure: {message: `there is no handler "${missing}" in this play`}}}
  }

  async #again(node: TaskNode): Promise<void> {
    node.tries++
    node.answer = undefined
    await this.#pause(node.task.delay)
  }

  async #pause(seconds: number): Promise<void> {
    await wait(seconds * 1000, undefined, {signal: this.options.signal}).catch(() => {})
  }

  /** Goes on after a failure: with the block's rescue, its end, or not at all. */
  fall(node: Node, failure: Values = {}): void {
    this.drop(node)
    const fate = afterFailure(this.nodes, node.nets)
    if (fate) this.knowledge.learn({learned: failure})
    this.nodes = fate?.rest ?? this.#lastWords(node)
    const {peers, host} = this.options
    if (!willBeRescued(node)) peers.remove(host)
    if (!fate && node.kind !== 'rethrow') peers.fell(node)
    this.failed ||= !fate
  }

  /** What a host that failed still does: with force_handlers, its handlers, unless it is one of them that failed. */
  #lastWords(node: Node): readonly Node[] {
    const isOver = this.failed || (node.kind === 'task' && node.handler)
    return this.options.play.forceHandlers && !isOver ? this.handlers.called(theEnd) : []
  }

  /** Takes a node off the list. */
  drop(node: Node): void {
    this.nodes = this.nodes.filter(one => one !== node)
    this.options.peers.moved()
  }
}
