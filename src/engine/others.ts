import type {OtherVariable} from '../template/scope.ts'
import type {Coming, Variables} from '../template/variables.ts'
import type {HostRun} from './host-run.ts'
import {type Node, type TaskNode, unfold} from './node.ts'
import {definesOf} from './prepare.ts'

/**
 * The variables of a task, with those of other hosts that they will bring by tasks before this one: hosts go at their own pace, but
 * what is known of others is what it would be if they went side by side.
 */
export function withOthers(run: HostRun, node: Node, variables: Variables): Variables {
  const isAlone = node.kind !== 'task' || node.alone || run.options.peers.hosts.length < 2
  return isAlone ? variables : variables.withOthersPending(host => coming(run, node, host))
}

/** Waits until another host has brought what a task mentions. When that host itself waits for others, the task goes on without. */
export async function waitForOther(run: HostRun, node: TaskNode, {host, name}: OtherVariable): Promise<void> {
  const isThere = () => {
    const left = coming(run, node, host)
    return !left || (name !== undefined && !left.facts && !left.names.has(name))
  }
  if (!(await run.options.peers.until(run.options.host, isThere))) node.alone = true
  node.other = undefined
}

/** What a host is going to bring before it gets where this one is. */
function coming(run: HostRun, node: TaskNode, host: string): Coming | undefined {
  const other = run.options.peers.runOf(host)
  if (other === undefined || other === run) return undefined
  const before = other === 'unbegun' ? unfold(run.options.play.entries) : aheadOf(run, node, other.nodes)
  const {variables} = other === 'unbegun' ? run : other
  const names = new Set(before.flatMap(one => bringsOf(one, variables)))
  const facts = before.some(one => bringsAny(one, variables))
  return names.size > 0 || facts ? {names, facts} : undefined
}

/** The other's nodes before the first one from here on that it has ahead, too; none when it is further than we are. */
function aheadOf(run: HostRun, node: TaskNode, theirs: readonly Node[]): readonly Node[] {
  const at = run.nodes.indexOf(node)
  // It comes of an include that is just being opened: where it will stand is not known yet.
  if (at < 0) return theirs
  const places = theirs.map(placeOf)
  const shared = run.nodes.slice(at).map(one => places.indexOf(placeOf(one)))
  return theirs.slice(0, shared.find(index => index >= 0) ?? 0)
}

/** The same node on every host. */
function placeOf(node: Node): string {
  if (node.kind === 'rethrow') return ''
  const {source} = node.kind === 'task' ? node.task : node.kind === 'include' ? node.include : node.meta
  return `${source.file}:${source.line}:${source.column}`
}

function bringsOf(node: Node, variables: Variables): readonly string[] {
  if (node.kind !== 'task') return []
  const {register, args} = node.task
  const defined = node.ready.kind === 'skip' ? [] : (definesOf(node.task, args, variables) ?? [])
  return register === undefined ? defined : [register, ...defined]
}

/** Whether what it brings has names that only its end will tell. */
function bringsAny(node: Node, variables: Variables): boolean {
  if (node.kind !== 'task') return node.kind === 'include'
  const {module, args} = node.task
  if (node.ready.kind === 'skip') return false
  return (module.kind === 'host' && module.facts) || definesOf(node.task, args, variables) === undefined
}
