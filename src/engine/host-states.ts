import {randomBytes} from 'node:crypto'
import type {Values} from '../module.ts'
import type {Entry, Host, Play} from '../play.ts'
import type {Target} from '../transport/transport.ts'
import type {HostRun} from './host-run.ts'
import {Link} from './link.ts'
import type {RunOptions} from './run.ts'
import {Tally} from './tally.ts'

/** What is known of a host while a run goes: the one link to it, and what earlier plays learnt and counted. */
export type HostState = {
  readonly name: string
  link: Link
  target: Target
  readonly tally: Tally
  /** A play names it; others are there only because tasks are delegated to them. */
  played: boolean
  /** The play that it is in. */
  run: HostRun | undefined
  learned: Values
  /** The names of those that are facts. */
  readonly facts: Set<string>
  /** What include_vars brought. */
  included: Values
  out: boolean
  failed: boolean
  unreachable: boolean
}

/** All hosts that a run has to do with, each made when it is first needed. */
export class HostStates {
  readonly #options: RunOptions
  readonly #run = randomBytes(6).toString('hex')
  readonly #states = new Map<string, HostState>()

  constructor(options: RunOptions) {
    this.#options = options
  }

  /** Those that a play names. */
  get played(): readonly HostState[] {
    return [...this.#states.values()].filter(state => state.played)
  }

  /**
   * A host's state. Where this machine is the host and we are not root, `become` asks for a shell of root, which nothing else needs.
   * Throws ConfigError when its connection variables are wrong.
   */
  async of(host: Host, become?: boolean, play?: Play): Promise<HostState> {
    const target = await this.#options.targetOf(host, play)
    const asked = target.connection === 'local' && target.user !== 'root' ? become : undefined
    const root = target.become || (asked ?? this.#options.plays.some(wantsRoot))
    const key = `${host.name} ${root ? 'root' : 'login'}`
    const state = this.#states.get(key) ?? this.#made(host, target, root)
    if (play && state.target !== target) await this.#turnTo(state, host, target, root)
    this.#states.set(key, state)
    return state
  }

  /** What tasks registered and found on a host so far. */
  learnedBy(name: string): Values {
    const states = [...this.#states.values()].filter(state => state.name === name)
    return Object.assign({}, ...states.map(({learned, run}) => ({...learned, ...run?.knowledge.findings.learned})))
  }

  /** Has the scripts that are at work end before their next task. */
  async stop(): Promise<void> {
    await Promise.all([...this.#states.values()].map(({link}) => link.stop().catch(() => {})))
  }

  async close(): Promise<void> {
    await Promise.all([...this.#states.values()].map(({link}) => link.close()))
  }

  /** A play that reaches its hosts in another way than the one before does so over a link of its own. */
  async #turnTo(state: HostState, host: Host, target: Target, root: boolean): Promise<void> {
    const {link} = this.#made(host, target, root)
    await state.link.close()
    link.trips = state.link.trips
    state.link = link
    state.target = target
  }

  #made(host: Host, target: Target, root: boolean): HostState {
    const {emit, transportOf, plays, hostsOf} = this.#options
    // Runs that only delegate to the machine that they run on do not keep each other out of it.
    const locks = target.connection !== 'local' || plays.some(play => hostsOf(play).some(one => one.name === host.name))
    const link = new Link(target, {
      transport: transportOf(target),
      privilege: root ? 'root' : 'login',
      locks,
      run: this.#run,
      connecting: () => emit({type: 'connecting', host: host.name}),
    })
    const nothing = {
      played: false,
      run: undefined,
      learned: {},
      included: {},
      out: false,
      failed: false,
      unreachable: false,
    }
    return {name: host.name, link, target, tally: new Tally(), facts: new Set(), ...nothing}
  }
}

function wantsRoot(play: Play): boolean {
  return becomes(play.entries) || play.handlers.some(task => task.become)
}

function becomes(entries: readonly Entry[]): boolean {
  return entries.some(entry => {
    if (entry.kind === 'task') return entry.become
    if (entry.kind === 'block') return becomes([...entry.block, ...entry.rescue, ...entry.always])
    return entry.kind === 'include' && entry.become
  })
}
