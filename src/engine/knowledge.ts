import type {Values} from '../module.ts'
import type {Play} from '../play.ts'
import {finished, type Variables} from '../template/variables.ts'
import {isMap} from '../value.ts'
import {factsOf} from './done.ts'
import {type LateVariables, lateVariables} from './vars-files.ts'

/** What tasks brought to light on a host: results and facts, which are final, and variables of files, which are rendered when they are used. */
export type Findings = {readonly learned: Values; readonly included: Values}

/** What a host knows in a play, and how that grows. */
export class Knowledge {
  /** The host's variables with all that was found so far. */
  variables: Variables
  /** What vars_files bring whose names have variables. */
  late: LateVariables
  /** What was found before a task that runs once. */
  before: Findings = {learned: {}, included: {}}
  #learned: Values = {}
  #included: Values
  readonly #play: Play
  readonly #give: () => Variables
  #given: Variables

  /** `included` is what earlier plays read out of files. */
  constructor(play: Play, give: () => Variables, included: Values) {
    const given = give()
    this.#play = play
    this.#give = give
    this.#given = given
    this.#included = included
    this.late = lateVariables(play, given)
    this.variables = this.#all()
  }

  /** What was registered and found in this play, and what was read out of files until now. */
  get findings(): Findings {
    return {learned: this.#learned, included: this.#included}
  }

  /** What was found since `before`. */
  get news(): Findings {
    const beyond = (values: Values, before: Values) =>
      Object.fromEntries(Object.entries(values).filter(([name, value]) => before[name] !== value))
    return {
      learned: beyond(this.#learned, this.before.learned),
      included: beyond(this.#included, this.before.included),
    }
  }

  /** Makes values known to all later tasks of this host. */
  learn({learned = {}, included = {}}: Partial<Findings>): void {
    this.#learned = {...this.#learned, ...learned}
    this.#included = {...this.#included, ...included}
    if (this.late.open.length > 0) this.late = lateVariables(this.#play, this.#all())
    this.variables = this.#all()
  }

  /** Takes in that the inventory has changed. */
  renew(): void {
    this.#given = this.#give()
    this.learn({})
  }

  /** Makes facts known: as variables, and in ansible_facts. */
  learnFacts(facts: Values): void {
    const before = this.variables.get('ansible_facts')
    this.learn({learned: factsOf(facts, isMap(before) ? before : {})})
  }

  #all(): Variables {
    const found = this.#given.with(this.#included, 'included').with(finished(this.#learned), 'learned')
    return found.with(this.late.values, 'play')
  }
}
