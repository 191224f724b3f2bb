import {Bug} from '../errors.ts'
import {waitsForEver} from './foresee.ts'
import {keepToPlan} from './guard.ts'
import type {HostRun} from './host-run.ts'
import {lookAt} from './look.ts'
import type {TaskNode} from './node.ts'
import {waitForOther} from './others.ts'
import {prepareAhead} from './prepare-ahead.ts'

/** Prepares what can be prepared and asks every probe that has no answer yet: one trip, or none. */
export async function lookAhead(run: HostRun, first: TaskNode): Promise<void> {
  const {guard, foresight} = run.options
  const before = [first.ready, first.answer]
  await prepareAhead(run)
  if (run.nodes[0] === first && ['controller', 'skip'].includes(first.ready.kind) && !guard) return
  await lookAt(run, [...run.nodes.filter(node => node.kind === 'task'), ...run.handlers.nodes])
  if (guard && keepToPlan(run, guard)) return
  const stuck = run.nodes[0] === first && first.ready === before[0] && first.answer === before[1]
  if (!stuck) return
  if (foresight && waitsForEver(run, first, foresight)) return
  if (first.other) return waitForOther(run, first, first.other)
  throw new Bug(`"${first.task.name}" does not become ready`)
}
