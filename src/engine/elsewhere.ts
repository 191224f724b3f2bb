import {ConfigError, TaskError, UnreachableError} from '../errors.ts'
import type {Values} from '../module.ts'
import {finished} from '../template/variables.ts'
import {LinkLost} from '../transport/transport.ts'
import {isMap} from '../value.ts'
import {applyBatch} from './apply.ts'
import {answered, factsOf, failedBy, wouldChange} from './done.ts'
import type {HostRun} from './host-run.ts'
import type {HostState, HostStates} from './host-states.ts'
import type {Link} from './link.ts'
import {lookAt} from './look.ts'
import {isChecked, type TaskNode} from './node.ts'
import type {Privileges} from './prepare.ts'
import type {RunOptions} from './run.ts'
import {goOnWithout} from './without-host.ts'

/** Another host than the one whose task it is: where a delegated task runs. */
export type Elsewhere = {
  readonly name: string
  readonly link: Link
  readonly privileges: Privileges
  /** How it is reached, for `ansible_delegated_vars`. */
  readonly connection: Values
  /** Gives it facts (delegate_facts). */
  learn(values: Values): void
  learnFacts(facts: Values): void
}

/** The host that a task is delegated to. Throws TaskError when there is no way to find it. */
export async function elsewhere(
  options: RunOptions,
  states: HostStates,
  name: string,
  become: boolean,
): Promise<Elsewhere> {
  try {
    const host = options.hostNamed(name)
    const state = await states.of(host, become)
    const known = () => options.variablesOf(host, undefined, states.learnedBy(name), one => states.learnedBy(one))
    const before = () => known().get('ansible_facts')
    return {
      name,
      link: state.link,
      privileges: privilegesOf(state),
      connection: connectionOf(state),
      learn: values => learn(state, values),
      learnFacts: facts => {
        const now = before()
        learn(state, factsOf(facts, isMap(now) ? now : {}))
      },
    }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    throw new TaskError({message: `cannot delegate to ${name}: ${error.message}`})
  }
}

/** Who runs what on a host. */
export function privilegesOf({link, target}: HostState): Privileges {
  return {loginUser: target.user, shellUser: link.user, become: target.become}
}

/** Does a delegated task on the other host: looks, and applies. One that cannot be reached is this task's failure. */
export async function doElsewhere(run: HostRun, node: TaskNode, other: Elsewhere): Promise<void> {
  try {
    if (!node.answer) await lookAt(run, [node], other.link)
    const {answer} = node
    if (!answer || answer.plan.changes.length === 0) return answer && run.finish(node, answered(answer), 0)
    if (isChecked(node.task, run.options.check)) return run.finish(node, wouldChange(node, answer), 0)
    await applyBatch(run, [node], other.link)
  } catch (error) {
    const told = reachable(error, other)
    if (told !== error && node.task.ignoreUnreachable && told instanceof TaskError) goOnWithout(run, node, told.message)
    else await run.finish(node, failedBy(told), 0)
  }
}

/** That the other host is out of reach does not mean that this one is. */
export function reachable(error: unknown, {name}: Elsewhere): unknown {
  if (!(error instanceof UnreachableError || error instanceof LinkLost)) return error
  const hint = error instanceof UnreachableError ? error.hint : undefined
  const message = `${name}, to which this is delegated, is unreachable: ${error.message}`
  return new TaskError({message, ...(hint !== undefined && {hint})})
}

function connectionOf({target}: HostState): Values {
  const {host, address, port, user, connection} = target
  const words = {ansible_host: address, ansible_port: port, ansible_user: user, ansible_connection: connection}
  return finished({inventory_hostname: host, ...words})
}

function learn(state: HostState, values: Values): void {
  if (state.run) state.run.knowledge.learn({learned: values})
  else state.learned = {...state.learned, ...values}
}
