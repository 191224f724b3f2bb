import type {TaskFailure} from '../errors.ts'
import type {Task} from '../play.ts'
import type {Variables} from '../template/variables.ts'
import type {Status} from './events.ts'
import type {Sighting} from './sighting.ts'

/**
 * What a plan says of a task. `ok`: in order, and nothing before it can change that. `change`: it would do what is shown. `run`: it is done
 * by a real run only and says of itself that it changes nothing. `unknown`: to be decided when something before it has run.
 */
export type Mark = 'ok' | 'change' | 'run' | 'unknown' | 'skipped' | 'failed'

/** What a plan says of one task (or one item of its loop) on one host. */
export type Foreseen = Sighting & {
  readonly mark: Mark
  /** The earlier task that must have run before this one can be decided. */
  readonly waitsFor?: string
  /** One line for people: why it is so. */
  readonly reason?: string
  readonly failure?: TaskFailure
}

/** How a task is left to the run: what it will define (undefined: nobody knows), whether it surely runs, and whether it may change the host. */
type Left = {readonly defines: readonly string[] | undefined; readonly sure: boolean; readonly disturbs: boolean}

/** What a plan knows of one host while it walks through the plays: what was foreseen so far, and what nobody can know. */
export class Foresight {
  readonly foreseen: Foreseen[] = []
  /** The last task so far that would change something, or may. */
  cause: string | undefined
  /** A task after which nothing can be known: an include whose file is not known, or a play that may end. */
  opaque: string | undefined
  /** Names that tasks would register or define, and which task that is. */
  readonly pending = new Map<string, string>()
  /** Handlers that may be notified, and by which task; and those that surely are. */
  readonly #maybe = new Map<string, string>()
  readonly #sure = new Set<string>()
  #made: readonly [Variables | undefined, number, Variables | undefined] = [undefined, 0, undefined]

  /** The names that are not known. */
  get names(): ReadonlySet<string> {
    return new Set(this.pending.keys())
  }

  /** The variables without those that nobody knows. */
  without(variables: Variables): Variables {
    const [from, size, made] = this.#made
    if (made && from === variables && size === this.pending.size) return made
    const left = variables.withPending(this.names)
    this.#made = [variables, this.pending.size, left]
    return left
  }

  add(foreseen: Foreseen): void {
    this.foreseen.push(foreseen)
  }

  /** Takes in that a task will run later, or may: what it registers, defines and notifies. */
  leave(task: Task, title: string, {defines, sure, disturbs}: Left): void {
    if (defines === undefined) this.opaque ??= title
    for (const name of [...(task.register ? [task.register] : []), ...(defines ?? [])]) this.pending.set(name, title)
    for (const name of task.notify) {
      if (sure) this.#sure.add(name)
      else this.#maybe.set(name, title)
    }
    if (disturbs) this.cause = title
  }

  /** The task because of which nobody knows whether a handler with these names will be called. */
  doubt(names: readonly string[]): string | undefined {
    if (names.some(name => this.#sure.has(name))) return undefined
    return names.map(name => this.#maybe.get(name)).find(title => title !== undefined)
  }
}

/** The mark of a task that ended as it would in a run. */
export function markOf(status: Status): Mark {
  if (status === 'skipped' || status === 'failed') return status
  // What is rescued or ignored fails again in the run, and that is for the run to see.
  return status === 'rescued' || status === 'ignored' ? 'run' : 'ok'
}
