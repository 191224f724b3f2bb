import {setFlagsFromString} from 'node:v8'
import pLimit, {type LimitFunction} from 'p-limit'
import {type Source, UnreachableError} from '../errors.ts'
import type {Addition, Controller, Values} from '../module.ts'
import type {Entry, Host, Play} from '../play.ts'
import type {Variables} from '../template/variables.ts'
import {LinkLost, type Target, type Transport} from '../transport/transport.ts'
import {elsewhere, privilegesOf} from './elsewhere.ts'
import type {ExitCode, HostSummary, Listener} from './events.ts'
import type {Foresight} from './foresight.ts'
import type {Guard} from './guard.ts'
import {HostRun} from './host-run.ts'
import {type HostState, HostStates} from './host-states.ts'
import {decidedPlay} from './open-play.ts'
import {Peers, type Waits} from './peers.ts'
import {prepareAhead} from './prepare-ahead.ts'
import {inOrder, inTurns} from './serial.ts'

/** Says what tasks registered and found on a host so far. */
type LearnedBy = (host: string) => Values

/** An inventory that may grow while a run goes. */
export type Growing = {
  /** Another one after each change. */
  readonly version: number
  /** Adds what a task adds; says whether that is new. Throws ConfigError. */
  add(addition: Addition, host: string, source: Source): Promise<boolean>
  /** Reads it again. Throws ConfigError. */
  refresh(): Promise<void>
}

/** What a run is given: plays, the hosts of each, and how to find what a host needs. */
export type RunOptions = {
  readonly playbook: string
  readonly plays: readonly Play[]
  /** The hosts of a play as the inventory is now. */
  readonly hostsOf: (play: Play) => readonly Host[]
  readonly inventory: Growing
  /** A host's variables in a play; `learned` is what earlier plays registered and found. */
  readonly variablesOf: (host: Host, play: Play | undefined, learned: Values, learnedBy: LearnedBy) => Variables
  /** The way to a host, as a play says it; the same object for the same way. */
  readonly targetOf: (host: Host, play?: Play) => Promise<Target>
  /** The host of a name to which tasks are delegated: one of the inventory, this machine, or an address. */
  readonly hostNamed: (name: string) => Host
  readonly transportOf: (target: Target) => Transport
  /** Asks the people at the terminal, if there is one. */
  readonly ask?: Controller['ask']
  readonly check: boolean
  /** Where it is kept what a plan says of a host; goes with check. */
  readonly foresightOf?: (host: Host) => Foresight
  /** What holds a host's run to a saved plan; the same for all its plays. */
  readonly guardOf?: (host: Host) => Guard
  /** How many hosts at once. */
  readonly forks: number
  readonly emit: Listener
  readonly signal: AbortSignal
}

/** Runs the plays one after another, each on its hosts at once. A failing host is a value: the others go on. */
export async function runPlays(options: RunOptions): Promise<ExitCode> {
  const started = performance.now()
  const states = new HostStates(options)
  const hosts = [...new Set(options.plays.flatMap(play => options.hostsOf(play).map(host => host.name)))]
  if (hosts.length > options.forks || options.plays.some(isLong)) spareMemory()
  options.emit({type: 'run-started', playbook: options.playbook, hosts, check: options.check})
  const stop = () => void states.stop()
  options.signal.addEventListener('abort', stop)
  try {
    for (const play of options.plays) if (!(await runPlay(options, play, states))) break
  } finally {
    options.signal.removeEventListener('abort', stop)
    await states.close()
  }
  const summaries = Object.fromEntries(states.played.map(({name, tally, link}) => [name, tally.summary(link.trips)]))
  const exit = exitCode(options, states.played, Object.values(summaries))
  for (const host of options.guardOf ? hosts : []) {
    const tasks = options.guardOf?.(options.hostNamed(host)).notReached() ?? []
    if (tasks.length > 0) options.emit({type: 'not-reached', host, tasks})
  }
  options.emit({type: 'run-finished', hosts: summaries, ms: Math.round(performance.now() - started), exit})
  return exit
}

/** With more hosts than are at work at once, or hundreds of tasks, memory would grow with what the ones before left: V8 lets it lie while there is room. */
function spareMemory(): void {
  setFlagsFromString('--optimize-for-size')
  // What is new is gone soon: its place stays as small as it was at the start.
  setFlagsFromString('--semi-space-growth-factor=1')
}

function isLong({entries}: Play): boolean {
  return tasksOf(entries) > 500
}

function tasksOf(entries: readonly Entry[]): number {
  const sizes = entries.map(entry =>
    entry.kind === 'block' ? tasksOf([...entry.block, ...entry.rescue, ...entry.always]) : 1,
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** Whether the run is to go on: not when all hosts of a turn failed, or more than the play allows. */
async function runPlay(options: RunOptions, said: Play, states: HostStates): Promise<boolean> {
  const hosts = inOrder(options.hostsOf(said), said)
  const [first] = hosts
  // As in Ansible, what is for all hosts is the same for each of them: variables of the first one do.
  const play = first
    ? decidedPlay(
        said,
        options.variablesOf(first, said, {}, name => states.learnedBy(name)),
      )
    : said
  options.emit({type: 'play-started', play: play.name, hosts: hosts.map(host => host.name)})
  const going = await Promise.all(hosts.map(async host => ({host, state: await states.of(host, undefined, play)})))
  for (const {state} of going) state.played = true
  const namesOf = (some: readonly Going[]) => some.map(({host}) => host.name)
  const course = {play, all: namesOf(going), removed: new Set(namesOf(going.filter(({state}) => state.out)))}
  for (const turn of inTurns(going, play)) {
    const limit = pLimit(options.forks)
    const peers = new Peers(namesOf(turn), course, placeTo(limit))
    await runTurn(
      {options, play, states, peers, limit, going: turn},
      turn.filter(({state}) => !state.out),
    )
    if (peers.stopped || peers.lost) return false
    if (peers.over) break
  }
  return true
}

/** Has a host that waits for others give its place to one that has not begun: it may be the very one that is waited for. */
function placeTo(limit: LimitFunction): Waits {
  return {begin: () => void limit.concurrency++, end: () => void limit.concurrency--}
}

/** A host that goes through a play. */
type Going = {readonly host: Host; readonly state: HostState}

/** What the hosts of a turn share. */
type Turn = {
  readonly options: RunOptions
  readonly play: Play
  readonly states: HostStates
  readonly peers: Peers
  /** How many hosts are on their way at once. */
  readonly limit: LimitFunction
  readonly going: readonly Going[]
}

async function runTurn(turn: Turn, hosts: readonly Going[]): Promise<void> {
  const {options, peers, limit} = turn
  const stop = () => peers.stop()
  options.signal.addEventListener('abort', stop)
  // Where one can end the play for all, all are on their way; in any case no more than so many are asked at once.
  const asked = pLimit(options.forks)
  for (const {state} of hosts) state.link.slots = asked
  const begin = (going: Going) => (peers.mayEnd ? runHost(turn, going) : limit(() => runHost(turn, going)))
  await Promise.all(hosts.map(begin)).finally(() => options.signal.removeEventListener('abort', stop))
}

async function runHost(turn: Turn, {host, state}: Going): Promise<void> {
  const {options, play, states, peers} = turn
  if (options.signal.aborted) return
  try {
    const variablesOf = () =>
      options
        .variablesOf(options.hostNamed(host.name), play, state.learned, name => states.learnedBy(name))
        .with(peers.magic, 'magic')
    const run = new HostRun({
      host: host.name,
      address: state.target.address,
      play,
      variables: variablesOf,
      facts: state.facts,
      forget: names => {
        state.learned = Object.fromEntries(Object.entries(state.learned).filter(([name]) => !names.has(name)))
      },
      forgive: () => forgive(turn),
      inventory: options.inventory,
      included: state.included,
      peers,
      link: state.link,
      privileges: privilegesOf(state),
      elsewhere: (name, become) => elsewhere(options, states, name, become),
      ask: options.ask,
      check: options.check,
      foresight: options.foresightOf?.(host),
      guard: options.guardOf?.(host),
      tally: state.tally,
      emit: options.emit,
      signal: options.signal,
    })
    state.run = run
    peers.enter(host.name, run)
    // What can be made ready without the host is made ready while the host takes its time to let us in.
    if (isAsked(play.entries) && (!peers.mayEnd || peers.hosts.length <= options.forks)) state.link.begin()
    await prepareAhead(run)
    await run.run()
    state.failed ||= run.failed
    state.out ||= run.failed
  } catch (error) {
    unreachable(options, host, state, error)
  } finally {
    const {learned, included} = state.run?.knowledge.findings ?? {learned: {}, included: state.included}
    state.learned = {...state.learned, ...learned}
    state.included = included
    state.run = undefined
  }
  peers.leave(host.name, state.out)
  options.emit({type: 'host-finished', host: host.name})
  // Whoever has nothing more to do is let go, so that no more hosts are held open than are at work.
  if (play.source === options.plays.at(-1)?.source) await state.link.rest()
}

function forgive({going, peers}: Turn): void {
  for (const {state} of going) Object.assign(state, {out: false, failed: false, unreachable: false})
  peers.forgive()
}

/** Whether a play has anything to ask of a host itself. */
function isAsked(entries: readonly Entry[]): boolean {
  return entries.some(entry => {
    if (entry.kind === 'task') return entry.module.kind === 'host' && entry.delegateTo === undefined
    if (entry.kind === 'block') return isAsked([...entry.block, ...entry.rescue, ...entry.always])
    return entry.kind === 'include'
  })
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

function exitCode(options: RunOptions, states: readonly HostState[], summaries: readonly HostSummary[]): ExitCode {
  if (options.signal.aborted) return 130
  if (states.some(state => state.unreachable)) return 4
  if (states.some(state => state.failed)) return 1
  return options.check && summaries.some(summary => summary.changed > 0) ? 2 : 0
}
