import type {Values} from '../module.ts'
import type {Entry, Play, Task} from '../play.ts'
import {finished} from '../template/variables.ts'
import type {HostRun} from './host-run.ts'
import type {Findings} from './knowledge.ts'
import type {Node} from './node.ts'
import {isBefore, type Place} from './place.ts'
import {Signal} from './signal.ts'

/** What one host did for all: what it learned, whether it failed, and of what it decided, whether it holds. */
export type Shared = Findings & {readonly failed: boolean; readonly holds?: boolean}

/** What the turns of a play share. */
export type Course = {
  readonly play: Play
  /** All hosts of the play. */
  readonly all: readonly string[]
  /** Those that are no longer among the play's hosts: they failed, cannot be reached, or are through by `end_host`. */
  readonly removed: Set<string>
}

/** Somebody to tell when a host begins to wait for others, and when it goes on. */
export type Waits = {readonly begin: () => void; readonly end: () => void}

/** The hosts that go through a play together. Each goes at its own pace; they meet where a task runs once, and where one can end the play for all. */
export class Peers {
  readonly hosts: readonly string[]
  readonly #course: Course
  readonly #runs = new Map<string, HostRun>()
  readonly #gone: Set<string>
  readonly #waiting = new Set<string>()
  readonly #shared = new Map<string, Shared>()
  #failed = 0
  #fallen = 0
  #aborted = false
  #end: Place | undefined
  #mayEnd = false
  #changed = new Signal()
  readonly #waits: Waits
  /** Whether the hosts of later turns do not begin: end_play. */
  over = false

  constructor(hosts: readonly string[], course: Course, waits: Waits = {begin: () => {}, end: () => {}}) {
    this.hosts = hosts
    this.#waits = waits
    this.#course = course
    this.#gone = new Set(hosts.filter(host => course.removed.has(host)))
    this.watch([...course.play.entries, ...course.play.handlers])
  }

  /** With `free`, no host has a say in what others do. */
  get isFree(): boolean {
    return this.#course.play.strategy === 'free'
  }

  /** The variables that name them, as they are when they are asked for. */
  get magic(): Values {
    const {hosts} = this
    const {all, removed} = this.#course
    const left = (some: readonly string[]) => some.filter(host => !removed.has(host))
    return finished({
      ansible_play_hosts_all: all,
      get ansible_play_hosts() {
        return left(all)
      },
      get ansible_play_batch() {
        return left(hosts)
      },
      get play_hosts() {
        return left(hosts)
      },
    })
  }

  /** Takes in what an include brings: whether a failure may end the play for all is known only then. */
  watch(entries: readonly Entry[]): void {
    const isAlone = this.hosts.length < 2 || this.isFree
    this.#mayEnd ||= !isAlone && (this.#course.play.maxFailPercentage !== undefined || entries.some(isFatal))
  }

  /** Whether a failure of one may end the play for all. */
  get mayEnd(): boolean {
    return this.#mayEnd
  }

  /** Whether what becomes of a node may end the play for all. */
  concernsAll(node: Node): boolean {
    if (!this.#mayEnd) return false
    if (node.kind !== 'task') return node.kind !== 'rethrow'
    return this.#course.play.maxFailPercentage !== undefined || node.task.anyErrorsFatal === true
  }

  /** Whether a task is done by one host for all. */
  isOnce({runOnce = false}: Task): boolean {
    return runOnce && !this.isFree
  }

  /** Whether nobody is to go on. */
  get stopped(): boolean {
    return this.#aborted || this.#end !== undefined
  }

  /** Whether the play has ended for all before a node. */
  endedBefore({place}: Node): boolean {
    return this.#aborted || (this.#end !== undefined && isBefore(this.#end, place))
  }

  /** Whether a host does what is done once at a place: the first one that is still going and not past it. */
  leads(host: string, {place}: Pick<Node, 'place'>): boolean {
    return this.hosts.find(one => !this.#gone.has(one) && !this.#isPast(one, place)) === host
  }

  /** Gives what was done once at a place to all. */
  share(place: Place, shared: Shared): void {
    this.#shared.set(place.join(), shared)
    this.#tell()
  }

  /** Waits for what another host does for all; undefined when it is on this host to do it, or nobody will. */
  async sharedFor(host: string, node: Node): Promise<Shared | undefined> {
    for (;;) {
      const shared = this.#shared.get(node.place.join())
      if (shared || this.endedBefore(node) || this.leads(host, node)) return shared
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
      if (this.#aborted || this.#isLastAtWork(host)) return false
      await this.#wait(host)
    }
    return true
  }

  /** A host has got further. */
  moved(): void {
    if (this.#waiting.size > 0) this.#tell()
  }

  /** A host is no longer among the play's hosts. */
  remove(host: string): void {
    this.#course.removed.add(host)
  }

  /** A task failed on a host and nothing goes on there; or the host could not be `reached`. That may be the end of the play for all. */
  fell(node: Node, reached = true): void {
    const {maxFailPercentage: most} = this.#course.play
    if (reached) this.#fallen++
    const tooMany = typeof most === 'number' && (this.#fallen / this.hosts.length) * 100 > most
    const isFatal = node.kind === 'task' && node.task.anyErrorsFatal && !node.task.ignoreErrors
    if (this.isFree || !(tooMany || isFatal)) return
    if (this.#end === undefined || isBefore(node.place, this.#end)) this.#end = node.place
    this.#tell()
  }

  /** A host is through with the play. */
  leave(host: string, failed: boolean): void {
    this.#gone.add(host)
    if (failed) this.#failed++
    this.#tell()
  }

  /** Forgets who failed so far. */
  forgive(): void {
    this.#failed = 0
  }

  /** Whether all have failed. */
  get lost(): boolean {
    return this.#failed > 0 && this.#failed === this.hosts.length
  }

  /** Has everybody stop where they are. */
  stop(): void {
    this.#aborted = true
    this.#tell()
  }

  #isPast(host: string, place: Place): boolean {
    const run = this.#runs.get(host)
    const next = run?.nodes[0]
    return run !== undefined && (next === undefined || isBefore(place, next.place))
  }

  async #wait(host: string): Promise<void> {
    this.#waiting.add(host)
    this.#waits.begin()
    await this.#changed.given
    this.#waits.end()
  }

  #isLastAtWork(host: string): boolean {
    return this.hosts.every(one => one === host || this.#gone.has(one) || this.#waiting.has(one))
  }

  #tell(): void {
    this.#waiting.clear()
    this.#changed.give()
    this.#changed = new Signal()
  }
}

function isFatal(entry: Entry): boolean {
  if (entry.kind === 'block') return [...entry.block, ...entry.rescue, ...entry.always].some(isFatal)
  return entry.kind === 'task' && entry.anyErrorsFatal === true
}
