import {PendingVariable} from '../template/scope.ts'
import {test} from '../template/template.ts'
import {failedBy} from './done.ts'
import type {HostRun} from './host-run.ts'
import type {Node} from './node.ts'
import {waitForOther, withOthers} from './others.ts'
import {isBefore} from './place.ts'
import {tellFailedInclude} from './tell.ts'

type MetaNode = Extract<Node, {kind: 'meta'}>

/** Does what meta says: calls the notified handlers now, ends the host's play, or forgets. */
export async function meta(run: HostRun, node: MetaNode): Promise<void> {
  try {
    const holds = await isToBeDone(run, node)
    if (run.options.peers.endedBefore(node)) return
    run.drop(node)
    if (holds) await act(run, node)
  } catch (error) {
    if (error instanceof PendingVariable && error.other) return waitForOther(run, node, error.other)
    const {action, source} = node.meta
    tellFailedInclude(run, {word: 'meta', name: `meta: ${action}`, file: '', source}, failedBy(error))
    run.fall(node)
  }
}

const forAll = ['end_play', 'end_batch', 'clear_facts', 'clear_host_errors']

/** What is for all hosts, the first one decides, as in Ansible. */
async function isToBeDone(run: HostRun, node: MetaNode): Promise<boolean> {
  const {peers, host} = run.options
  const isForAll = forAll.includes(node.meta.action) && !peers.isFree
  const shared = isForAll ? await peers.sharedFor(host, node) : undefined
  if (shared || peers.endedBefore(node)) return shared?.holds ?? false
  if (node.meta.action === 'clear_host_errors') await peers.until(host, () => areThere(run, node))
  const holds = test(node.meta.when, withOthers(run, node, run.variables))
  if (holds && node.meta.action === 'clear_host_errors') run.options.forgive()
  if (isForAll) peers.share(node.place, {learned: {}, included: {}, failed: false, holds})
  return holds
}

/** Whether all others have ended what comes before. */
function areThere(run: HostRun, {place}: MetaNode): boolean {
  const {peers} = run.options
  return peers.hosts.every(name => {
    const other = peers.runOf(name)
    const next = other === 'unbegun' ? undefined : other?.nodes[0]
    return other === undefined || other === run || (next !== undefined && !isBefore(next.place, place))
  })
}

async function act(run: HostRun, {meta: {action}, place}: MetaNode): Promise<void> {
  const {peers, host} = run.options
  if (action === 'end_play') peers.over = true
  if (action === 'end_host' || action === 'end_batch' || action === 'end_play') run.nodes = []
  if (action === 'end_host') peers.remove(host)
  if (action === 'clear_facts') run.knowledge.forgetFacts()
  if (action === 'reset_connection') await reset(run)
  if (action === 'refresh_inventory') await run.options.inventory.refresh()
  if (action === 'flush_handlers') run.nodes = [...run.handlers.called(place), ...run.nodes]
}

/** A new login has the groups that its user is in now. What was seen over the old one is to be compared before it is relied on. */
async function reset(run: HostRun): Promise<void> {
  run.epoch++
  if (!run.options.link.local) await run.options.link.reopen()
}
