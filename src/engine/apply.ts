import {Bug, TaskError, type TaskFailure, UnreachableError} from '../errors.ts'
import type {Output, Plan, Step} from '../module.ts'
import type {Task} from '../play.ts'
import {answered} from './done.ts'
import {answerOf, type Frame} from './frames.ts'
import type {HostRun} from './host-run.ts'
import type {Link} from './link.ts'
import {takeAnswer} from './look.ts'
import {isLastItem, type TaskNode} from './node.ts'
import {type ApplyFragment, applyScript, type OnFailure} from './script.ts'
import {type Staged, stage} from './staging.ts'
import type {Done} from './verdict.ts'

/** How often a probe may answer otherwise than planned before its task is given up. */
const patience = 5

/** How much of a command people are shown, in characters. */
const longest = 500

/** Applies a batch in one trip: the host walks the tasks in order and stops where an answer is not the planned one. */
export async function applyBatch(
  run: HostRun,
  batch: readonly TaskNode[],
  link: Link = run.options.link,
): Promise<void> {
  const staged = await stage(run, batch, link)
  const walk = new Walk(run, batch, link)
  await link.apply(
    nonce =>
      applyScript(
        nonce,
        link,
        batch.flatMap((node, index) => fragment(run, node, index, staged)),
      ),
    frame => walk.take(frame),
  )
  await walk.end()
}

/** Follows the host through a batch, frame by frame. */
class Walk {
  readonly #run: HostRun
  readonly #batch: readonly TaskNode[]
  readonly #link: Link
  readonly #finished: Promise<void>[] = []
  #output: {stdout: string; stderr: string} = {stdout: '', stderr: ''}
  #last: Output | undefined
  #steps = 0
  #started = performance.now()
  #reached = -1
  #ended = false
  #armed: TaskNode | undefined

  constructor(run: HostRun, batch: readonly TaskNode[], link: Link) {
    this.#run = run
    this.#batch = batch
    this.#link = link
  }

  take(frame: Frame): void {
    const node = this.#batch[frame.index]
    if (frame.word === 'end') this.#ended = true
    if (!node || frame.word === 'end') return
    if (frame.word === 'task') this.#begin(node, frame.index)
    if (frame.word === 'stdout' || frame.word === 'stderr')
      this.#output = {...this.#output, [frame.word]: frame.body.toString('utf8')}
    if (frame.word === 'exit') this.#stepped(node, Number(frame.rest[0]))
    if (frame.word === 'held') this.#finish(node, this.#last ? this.#acted(node) : untouched(node))
    if (frame.word === 'after') this.#after(node, frame)
    if (frame.word === 'answer') takeAnswer(this.#run, node, frame)
    if (frame.word === 'moved') this.#moved(node, frame)
  }

  async end(): Promise<void> {
    if (!this.#ended) throw brokenOff(this.#run.options.host, this.#link.said)
    await Promise.all(this.#finished)
    if (this.#armed) await confirm(this.#armed, this.#link, this.#run.options.host)
  }

  #begin(node: TaskNode, index: number): void {
    for (const passed of this.#batch.slice(this.#reached + 1, index))
      if (passed.ready.kind === 'skip') this.#finished.push(this.#run.skip(passed))
    this.#reached = index
    this.#started = performance.now()
    this.#last = undefined
    this.#steps = 0
    this.#run.began(node)
  }

  #stepped(node: TaskNode, exitCode: number): void {
    this.#run.epoch++
    this.#last = {...this.#output, exitCode}
    this.#output = {stdout: '', stderr: ''}
    if (planOf(node).reverts.length > 0) this.#armed = node
    if (exitCode !== 0) this.#finish(node, this.#failed(node, this.#last))
    this.#steps++
  }

  #after(node: TaskNode, frame: Frame): void {
    const before = planOf(node)
    takeAnswer(this.#run, node, frame)
    const impossible = node.answer?.impossible
    if (impossible) return this.#finish(node, {...this.#acted(node), failure: {message: impossible.message}})
    const left = planOf(node).changes.filter(change => !change.unseen)
    const changed = !this.#last || before.changed(this.#last)
    const done: Done = {changed, changes: changed ? before.changes : [], result: planOf(node).result(this.#last)}
    if (left.length === 0) return this.#finish(node, done)
    const still = left.map(({what, before: is}) => `${what} is ${typeof is === 'string' ? is : JSON.stringify(is)}`)
    this.#finish(node, {...done, failure: {message: `still not as wanted: ${still.join(', ')}`, ...this.#last}})
  }

  #moved(node: TaskNode, frame: Frame): void {
    node.moves++
    takeAnswer(this.#run, node, frame)
    if (node.moves > patience) {
      const message = `the answer to its probe changes each time it is asked (${node.moves} times)`
      node.ready = {kind: 'broken', error: new TaskError({message, stdout: answerOf(frame)}), final: true}
    }
  }

  #acted(node: TaskNode): Done {
    const plan = planOf(node)
    const changed = !this.#last || plan.changed(this.#last)
    return {changed, changes: changed ? plan.changes : [], result: plan.result(this.#last)}
  }

  #failed(node: TaskNode, output: Output): Done {
    const last = output.stderr.trim().split('\n').at(-1) || output.stdout.trim().split('\n').at(-1)
    const message = last ? last : `exit code ${output.exitCode}`
    const {module} = node.task
    // As in Ansible, a command that failed has run all the same; another module has not done what it was for.
    const changed = module.kind === 'host' && module.runs && planOf(node).changed(output)
    const failure: TaskFailure = {message, ...commandOf(node, planOf(node).steps[this.#steps]), ...output}
    return {...this.#acted(node), changed, failure}
  }

  #finish(node: TaskNode, done: Done): void {
    this.#finished.push(this.#run.finish(node, done, performance.now() - this.#started))
  }
}

/** Makes sure that a new connection still works after a change that could lock people out. */
async function confirm({task}: TaskNode, link: Link, host: string): Promise<void> {
  if (await link.confirm()) return
  throw new UnreachableError(
    host,
    `after "${task.name ?? task.module.name}" no new connection gets in`,
    'the host takes the change back by itself within a minute; correct the task and run again',
  )
}

/** As in Ansible, a host that cannot hold what is to be run there is out of reach. */
function brokenOff(host: string, said: string): UnreachableError {
  return new UnreachableError(
    host,
    `the script there ended before its end${said && `: ${said.split('\n').at(-1)}`}`,
    'see that there is room in /tmp, /run and the home folder of its user, and that nobody ends processes there',
  )
}

/** The command for people; the content of files is none of it, nor what a task only sends or waits for, nor the watch over a job. */
function commandOf({task}: TaskNode, step: Step | undefined): {command?: string} {
  if (typeof step !== 'string' || task.async || (task.module.kind === 'host' && task.module.tells)) return {}
  return {command: step.length > longest ? `${step.slice(0, longest)}…` : step}
}

function untouched(node: TaskNode): Done {
  if (!node.answer) throw new Bug('a task was walked over without an answer')
  return answered(node.answer)
}

function planOf(node: TaskNode): Plan {
  if (!node.answer) throw new Bug('a task was applied without a plan')
  return node.answer.plan
}

function fragment(run: HostRun, node: TaskNode, index: number, staged: Staged): readonly ApplyFragment[] {
  const {ready, answer, task} = node
  if (ready.kind !== 'host' || !answer || task.module.kind !== 'host') return []
  const {steps, reverts, changes} = answer.plan
  return [
    {
      ...ready,
      index,
      probe: ready.bound.probe,
      expected: answer.expected,
      steps,
      staged,
      reverts,
      notify: notesOf(run, node, changes.length > 0),
      forget: node.handler && !ready.elsewhere && isLastItem(node) ? run.handlers.lastReachedBy(node) : [],
      // An answer from before an earlier trip's change is asked for again in any case.
      slow: task.module.slow && answer.epoch === run.epoch,
      action: task.module.action || task.async?.poll === 0,
      onFailure: onFailure(node),
      timeout: task.timeout,
    },
  ]
}

/** What is written down on the host itself before its task; another host is no place for it. */
function notesOf(run: HostRun, {task, ready}: TaskNode, changes: boolean): readonly string[] {
  const isElsewhere = ready.kind === 'host' && ready.elsewhere !== undefined
  if (!changes || isElsewhere || !isSure(task)) return []
  return task.notify.filter(run.handlers.isKept)
}

/** Whether a task with changes is changed, whatever its steps say: only then its handlers are written down before. */
function isSure({changedWhen, module}: Task): boolean {
  return changedWhen === undefined && !(module.kind === 'host' && module.tells)
}

function onFailure(node: TaskNode): OnFailure {
  const {task, item} = node
  if (task.ignoreErrors && !task.failedWhen && !task.until) return 'ignore'
  if (!item) return 'end'
  return isLastItem(node) ? 'last-item' : 'item'
}
