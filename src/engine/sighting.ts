import type {Source} from '../errors.ts'
import type {Change, Step} from '../module.ts'
import type {HostRun} from './host-run.ts'
import type {TaskNode} from './node.ts'
import {itemOf, titleOf} from './title.ts'

/** What a run sees of a task (or one item of its loop) when it has looked: which task it is, what was asked, what it would do. */
export type Sighting = {
  /** Tells the task apart from all others of the play on this host; may hold values of variables. */
  readonly key: string
  /** The key of the task whose item this is. */
  readonly loopKey: string
  readonly task: string
  readonly module: string
  readonly item?: string
  readonly handler: boolean
  readonly source: Source
  readonly noLog: boolean
  /** The probe, its user and environment as one text; undefined where nothing was asked. */
  readonly question?: string
  /** Fingerprint of the answer. */
  readonly answer?: string
  readonly changes: readonly Change[]
  /** One for each change, in the same order. */
  readonly steps: readonly Step[]
}

/** Says what is seen of a task now. */
export function sightingOf(run: HostRun, node: TaskNode): Sighting {
  const {task, ready, answer} = node
  return {
    key: keyOf(run, node, node.item?.index),
    loopKey: keyOf(run, node, undefined),
    task: titleOf(node, run.variables),
    module: task.module.name,
    ...itemOf(node),
    handler: node.handler !== undefined,
    source: task.source,
    noLog: task.noLog,
    ...(ready.kind === 'host' && {question: JSON.stringify([ready.bound.probe, ready.user ?? '', ready.environment])}),
    ...(answer && {answer: answer.hash}),
    changes: answer?.plan.changes ?? [],
    steps: answer?.plan.steps ?? [],
  }
}

/** A task stands in one place of one play; a file or a role that is taken in several times comes with other variables each time. */
function keyOf({options}: HostRun, {task, layers, handler}: TaskNode, index: number | undefined): string {
  const {source, module, vars, role} = task
  const item = index ?? -1
  const isHandler = handler !== undefined
  return JSON.stringify([options.play.source, source, module.name, isHandler, item, layers, vars, role?.params ?? {}])
}
