import type {OtherVariable} from '../template/scope.ts'
import type {Coming, Variables} from '../template/variables.ts'
import type {HostRun} from './host-run.ts'
import {type Node, rescuesOf, unfold} from './node.ts'
import {isBefore} from './place.ts'
import {definesOf} from './prepare.ts'

/** Nodes that mention variables. */
type Asking = Exclude<Node, {kind: 'rethrow'}>

/**
 * The variables of a task, with those of other hosts that they will bring by tasks before this one: hosts go at their own pace, but
 * what is known of others is what it would be if they went side by side.
 */
export function withOthers(run: HostRun, node: Node, variables: Variables): Variables {
  const isAlone = node.kind === 'rethrow' || node.alone || run.options.peers.hosts.length < 2
  if (isAlone) return variables
  return variables.withOthersPending(
    host => coming(run, node, host),
    name => unsettled(run, node, name),
  )
}

/** Waits until another host has brought what a task mentions. When that host itself waits for others, the task goes on without. */
export async function waitForOther(run: HostRun, node: Asking, {host, name}: OtherVariable): Promise<void> {
  const isThere = () => {
    if (name !== undefined && unsettling.has(name)) return unsettled(run, node, name) === undefined
    const left = coming(run, node, host)
    return !left || (name !== undefined && !left.facts && !left.names.has(name))
  }
  if (!(await run.options.peers.until(run.options.host, isThere))) node.alone = true
  if (node.kind === 'task') node.other = undefined
}

/** Variables that tell of all hosts, and what may still change them on another host. */
const unsettling = new Map<string, (node: Node) => boolean>([
  ['ansible_play_hosts', () => true],
  ['ansible_play_batch', () => true],
  ['play_hosts', () => true],
  ['groups', mayGrow],
])

/** The first host that may still change a variable before it gets where this one is; at its own pace, a host takes it as it is. */
function unsettled(run: HostRun, node: Node, name: string): OtherVariable | undefined {
  const changes = unsettling.get(name)
  const {peers} = run.options
  if (!changes || peers.isFree) return undefined
  const host = peers.hosts.find(one => before(run, node, one)?.nodes.some(changes))
  return host === undefined ? undefined : {host, name}
}

/** What a host is going to bring before it gets where this one is. */
function coming(run: HostRun, node: Node, host: string): Coming | undefined {
  const other = before(run, node, host)
  if (!other) return undefined
  const names = new Set(other.nodes.flatMap(one => bringsOf(one, other.variables)))
  const facts = other.nodes.some(one => bringsAny(one, other.variables))
  return names.size > 0 || facts ? {names, facts} : undefined
}

/** What another host has to do before it gets where this one is. */
function before(run: HostRun, {place}: Node, host: string): Pick<HostRun, 'nodes' | 'variables'> | undefined {
  const other = run.options.peers.runOf(host)
  if (other === undefined || other === run) return undefined
  const {nodes, variables} =
    other === 'unbegun' ? {nodes: unfold(run.options.play.entries), variables: run.variables} : other
  const end = nodes.findIndex(one => !isBefore(one.place, place))
  const left = end < 0 ? nodes : nodes.slice(0, end)
  return {nodes: [...left, ...left.flatMap(rescuesOf)], variables}
}

function mayGrow(node: Node): boolean {
  if (node.kind === 'include') return true
  if (node.kind === 'meta') return node.meta.action === 'refresh_inventory'
  return node.kind === 'task' && node.task.module.kind === 'controller' && node.task.module.grows
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
