import type {Plan} from '../module.ts'
import {answerOf, type Frame, hashOf, isPlain} from './frames.ts'
import {refused} from './guard.ts'
import type {HostRun} from './host-run.ts'
import type {Link} from './link.ts'
import {elsewhereOf, type TaskNode} from './node.ts'
import {type Fragment, lookScript} from './script.ts'

/** Asks the probes of all tasks that are ready and have no answer yet: one trip, or none. Tasks that ask the same share an answer. */
export async function lookAt(run: HostRun, nodes: readonly TaskNode[], link: Link = run.options.link): Promise<void> {
  const questions = grouped(nodes.filter(node => waits(node) && (elsewhereOf(node)?.link ?? run.options.link) === link))
  if (questions.length === 0) return
  run.options.emit({type: 'looking', host: run.options.host, tasks: questions.flat().length})
  await link.look(
    nonce => lookScript(nonce, link.whole, questions.flatMap(fragment)),
    frame => {
      // What was left behind on another host is that one's matter.
      if (frame.word === 'pending') return link === run.options.link ? leftBehind(run, frame) : undefined
      if (frame.word === 'answer') for (const node of questions[frame.index] ?? []) takeAnswer(run, node, frame)
    },
  )
}

function waits(node: TaskNode): boolean {
  return node.ready.kind === 'host' && !node.answer
}

function grouped(nodes: readonly TaskNode[]): readonly (readonly TaskNode[])[] {
  const groups = new Map<string, TaskNode[]>()
  for (const node of nodes) {
    const question = questionOf(node)
    const alike = groups.get(question)
    if (alike) alike.push(node)
    else groups.set(question, [node])
  }
  return [...groups.values()]
}

function questionOf({ready}: TaskNode): string {
  return ready.kind === 'host' ? JSON.stringify([ready.bound.probe, ready.user, ready.environment]) : ''
}

function fragment([node]: readonly TaskNode[], index: number): readonly Fragment[] {
  return node?.ready.kind === 'host' ? [{...node.ready, probe: node.ready.bound.probe, index}] : []
}

/** Reads an answer and plans from it; it may be one from which the module cannot plan. */
export function takeAnswer(run: HostRun, node: TaskNode, frame: Frame): void {
  if (node.ready.kind !== 'host') return
  const said = answerOf(frame)
  const hash = hashOf(frame)
  const answer = {hash, expected: isPlain(said) ? said : hash, epoch: run.epoch}
  try {
    node.answer = {...answer, plan: node.ready.bound.look(said, frame.asked)}
    if (run.options.guard) node.answer = refused(run, node, node.answer, run.options.guard)
  } catch (error) {
    const impossible = error instanceof Error ? error : new Error(String(error))
    node.answer = {...answer, plan: nothing, impossible}
  }
}

const nothing: Plan = {changes: [], steps: [], reverts: [], result: () => ({}), changed: () => false}

/** Handlers that an earlier run was to call and did not. */
function leftBehind(run: HostRun, frame: Frame): void {
  for (const name of answerOf(frame).split('\n')) {
    if (!run.handlers.notify([name])) continue
    run.options.emit({
      type: 'notice',
      host: run.options.host,
      message: `an earlier run did not get to its handler "${name}": it runs now`,
    })
  }
}
