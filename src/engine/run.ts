import pLimit from 'p-limit'
import {UnreachableError} from '../errors.ts'
import type {Values} from '../module.ts'
import type {Entry, Host, Play} from '../play.ts'
import type {Variables} from '../template/variables.ts'
import {LinkLost, type Target, type Transport} from '../transport/transport.ts'
import type {ExitCode, HostSummary, Listener} from './events.ts'
import {HostRun} from './host-run.ts'
import {Link} from './link.ts'
import {Peers} from './peers.ts'
import {inTurns} from './serial.ts'
import {Tally} from './tally.ts'

/** What a run is given: plays, the hosts of each, and how to find what a host needs. */
export type RunOptions = {
  readonly playbook: string
  readonly plays: readonly Play[]
  readonly hostsOf: (play: Play) => readonly Host[]
  /** A host's variables in a play; `learned` is what earlier plays registered and found. */
  readonly variablesOf: (host: Host, play: Play, learned: Values) => Variables
  readonly targetOf: (host: Host) => Target
  readonly transportOf: (target: Target) => Transport
  readonly check: boolean
  /** How many hosts at once. */
  readonly forks: number
  readonly emit: Listener
  readonly signal: AbortSignal
}

type HostState = {
  readonly link: Link
  readonly target: Target
  readonly tally: Tally
  learned: Values
  included: Values
  out: boolean
  failed: boolean
  unreachable: boolean
}

/** Runs the plays one after another, each on its hosts at once. A failing host is a value: the others go on. */
export async function runPlays(options: RunOptions): Promise<ExitCode> {
  const started = performance.now()
  const states = new Map<string, HostState>()
  const hosts = [...new Set(options.plays.flatMap(play => options.hostsOf(play).map(host => host.name)))]
  options.emit({type: 'run-started', playbook: options.playbook, hosts, check: options.check})
  try {
    for (const play of options.plays) if (!(await runPlay(options, play, states))) break
  } finally {
    await Promise.all([...states.values()].map(({link}) => link.close()))
  }
  const summaries = Object.fromEntries([...states].map(([name, state]) => [name, summaryOf(state)]))
  const exit = exitCode(options, [...states.values()], Object.values(summaries))
  options.emit({type: 'run-finished', hosts: summaries, ms: Math.round(performance.now() - started), exit})
  return exit
}

/** Whether the run is to go on: not when all hosts of a turn failed, or more than the play allows. */
async function runPlay(options: RunOptions, play: Play, states: Map<string, HostState>): Promise<boolean> {
  const hosts = options.hostsOf(play)
  for (const host of hosts) if (!states.has(host.name)) states.set(host.name, newState(options, host))
  options.emit({type: 'play-started', play: play.name, hosts: hosts.map(host => host.name)})
  const going = hosts.filter(host => !states.get(host.name)?.out)
  for (const turn of inTurns(going, play)) {
    const peers = new Peers(
      turn.map(host => host.name),
      play,
    )
    await runTurn(options, play, turn, states, peers)
    if (peers.stopped || peers.lost) return false
  }
  return true
}

async function runTurn(
  options: RunOptions,
  play: Play,
  hosts: readonly Host[],
  states: ReadonlyMap<string, HostState>,
  peers: Peers,
): Promise<void> {
  const limit = pLimit(options.forks)
  const stop = () => peers.stop()
  options.signal.addEventListener('abort', stop)
  await Promise.all(hosts.map(host => limit(() => runHost(options, play, host, states.get(host.name), peers)))).finally(
    () => options.signal.removeEventListener('abort', stop),
  )
}

async function runHost(
  options: RunOptions,
  play: Play,
  host: Host,
  state: HostState | undefined,
  peers: Peers,
): Promise<void> {
  if (!state || options.signal.aborted || peers.stopped) return
  try {
    if (state.link.trips === 0) options.emit({type: 'connecting', host: host.name})
    await state.link.open()
    const run = new HostRun({
      host: host.name,
      address: state.target.address,
      play,
      variables: options.variablesOf(host, play, state.learned).with({ansible_play_batch: peers.hosts}, 'magic'),
      included: state.included,
      peers,
      link: state.link,
      privileges: {loginUser: state.target.user, shellUser: state.link.user, become: state.target.become},
      check: options.check,
      tally: state.tally,
      emit: options.emit,
      signal: options.signal,
    })
    const stop = () => void state.link.stop().catch(() => {})
    options.signal.addEventListener('abort', stop)
    await run.run().finally(() => options.signal.removeEventListener('abort', stop))
    const {learned, included} = run.knowledge.findings
    state.learned = {...state.learned, ...learned}
    state.included = included
    state.failed ||= run.failed
    state.out ||= run.failed
  } catch (error) {
    unreachable(options, host, state, error)
  }
  peers.leave(host.name, state.out)
  options.emit({type: 'host-finished', host: host.name})
}

function unreachable(options: RunOptions, host: Host, state: HostState, error: unknown): void {
  const lost =
    error instanceof LinkLost ? new UnreachableError(host.name, `the link was lost: ${error.message}`) : error
  if (!(lost instanceof UnreachableError)) throw error
  state.out = true
  state.unreachable = true
  state.tally.add('unreachable')
  options.emit({
    type: 'host-unreachable',
    host: host.name,
    message: lost.message,
    ...(lost.hint ? {hint: lost.hint} : {}),
  })
}

function newState(options: RunOptions, host: Host): HostState {
  const target = options.targetOf(host)
  const privilege =
    target.become || options.plays.some(play => wantsRoot(play.entries) || play.handlers.some(task => task.become))
      ? 'root'
      : 'login'
  const link = new Link(target, options.transportOf(target), privilege)
  return {link, target, tally: new Tally(), learned: {}, included: {}, out: false, failed: false, unreachable: false}
}

function wantsRoot(entries: readonly Entry[]): boolean {
  return entries.some(entry => {
    if (entry.kind === 'task') return entry.become
    if (entry.kind === 'block') return wantsRoot([...entry.block, ...entry.rescue, ...entry.always])
    return entry.kind === 'include' && entry.become
  })
}

function summaryOf({tally, link}: HostState): HostSummary {
  return tally.summary(link.trips)
}

function exitCode(options: RunOptions, states: readonly HostState[], summaries: readonly HostSummary[]): ExitCode {
  if (options.signal.aborted) return 130
  if (states.some(state => state.unreachable)) return 4
  if (states.some(state => state.failed)) return 1
  return options.check && summaries.some(summary => summary.changed > 0) ? 2 : 0
}
