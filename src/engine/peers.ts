import type {Values} from '../module.ts'
import type {Play} from '../play.ts'
import type {HostRun} from './host-run.ts'
import type {Findings} from './knowledge.ts'

/** What one host did for all: what it learned, and whether it failed. */
export type Shared = Findings & {readonly failed: boolean}

/**
 * The hosts that go through a play together. Each goes at its own pace, whatever `strategy` says; they meet where a task runs once, and
 * stop together where too many fail.
 */
export class Peers {
  readonly hosts: readonly string[]
  /** All hosts of the play that go through it, in this turn or another. */
  readonly all: readonly string[]
  readonly #play: Play
  readonly #runs = new Map<string, HostRun>()
  readonly #gone = new Set<string>()
  readonly #waiting = new Set<string>()
  readonly #shared = new Map<string, Shared>()
  #failed = 0
  #stopped = false
  #changed = new Signal()
  /** Whether the hosts of later turns do not begin: end_play. */
  over = false

  constructor(hosts: readonly string[], play: Play, all: readonly string[]) {
    this.hosts = hosts
    this.all = all
    this.#play = play
  }

  /** The variables that name them. */
  get magic(): Values {
    const {hosts, all} = this
    return {ansible_play_batch: hosts, play_hosts: hosts, ansible_play_hosts: all, ansible_play_hosts_all: all}
  }

  /** Whether nobody is to go on. */
  get stopped(): boolean {
    return this.#stopped
  }

  /** Whether a host does what is done once: the first one that is still going. */
  leads(host: string): boolean {
    return this.hosts.find(one => !this.#gone.has(one)) === host
  }

  /** Gives what was done once to all. */
  share(what: string, shared: Shared): void {
    this.#shared.set(what, shared)
    this.#tell()
  }

  /** Waits for what another host does for all; undefined when it is on this host to do it, or nobody will. */
  async sharedFor(host: string, what: string): Promise<Shared | undefined> {
    for (;;) {
      const shared = this.#shared.get(what)
      if (shared || this.#stopped || this.leads(host)) return shared
      await this.#wait(host)
    }
  }

  /** A host begins with the play. */
  enter(host: string, run: HostRun): void {
    this.#runs.set(host, run)
  }

  /** How far a host of the play is, `unbegun` before it begins; undefined when it is through, or has nothing to do with the play. */
  runOf(host: string): HostRun | 'unbegun' | undefined {
    if (!this.hosts.includes(host) || this.#gone.has(host)) return undefined
    return this.#runs.get(host) ?? 'unbegun'
  }

  /** Waits until what other hosts do makes something hold; false when they cannot, because all of them wait, too. */
  async until(host: string, holds: () => boolean): Promise<boolean> {
    while (!holds()) {
      if (this.#stopped || this.#isLastAtWork(host)) return false
      await this.#wait(host)
    }
    return true
  }

  /** A host has got further. */
  moved(): void {
    if (this.#waiting.size > 0) this.#tell()
  }

  /** A host is through with the play. */
  leave(host: string, failed: boolean): void {
    this.#gone.add(host)
    if (failed) this.#failed++
    const most = this.#play.maxFailPercentage ?? 100
    if ((this.#failed / this.hosts.length) * 100 > most) this.#stopped = true
    this.#tell()
  }

  /** Whether all have failed. */
  get lost(): boolean {
    return this.#failed > 0 && this.#failed === this.hosts.length
  }

  /** Has everybody stop where they are. */
  stop(): void {
    this.#stopped = true
    this.#tell()
  }

  async #wait(host: string): Promise<void> {
    this.#waiting.add(host)
    await this.#changed.given
  }

  #isLastAtWork(host: string): boolean {
    return [...this.#runs.keys()].every(one => one === host || this.#gone.has(one) || this.#waiting.has(one))
  }

  #tell(): void {
    this.#waiting.clear()
    this.#changed.give()
    this.#changed = new Signal()
  }
}

class Signal {
  give: () => void = () => {}
  readonly given = new Promise<void>(resolve => {
    this.give = resolve
  })
}
