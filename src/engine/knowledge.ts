import type {Values} from '../module.ts'
import type {Role} from '../play.ts'
import {finished, type Variables} from '../template/variables.ts'
import {isMap} from '../value.ts'
import {factsOf} from './done.ts'
import type {HostRunOptions} from './host-run-options.ts'
import {type LateVariables, lateVariables} from './vars-files.ts'

/** What tasks brought to light on a host: results and facts, which are final, and variables of files, which are rendered when they are used. */
export type Findings = {readonly learned: Values; readonly included: Values}

/** What a host's knowledge is made of: `included` is what earlier plays read out of files. */
type Sources = Pick<HostRunOptions, 'play' | 'variables' | 'included' | 'facts' | 'forget'>

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
  readonly #from: Sources
  readonly #public: Pick<Role, 'defaults' | 'vars'>[] = []
  #given: Variables

  constructor(from: Sources) {
    this.#from = from
    this.#given = from.variables()
    this.#included = from.included
    this.late = lateVariables(from.play, this.#given)
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
    if (this.late.open.length > 0) this.late = lateVariables(this.#from.play, this.#all())
    this.variables = this.#all()
  }

  /** Has the variables of a role be there for all tasks to come. */
  publish(open: Pick<Role, 'defaults' | 'vars'>): void {
    this.#public.push(open)
    this.learn({})
  }

  /** Takes in that the inventory has changed. */
  renew(): void {
    this.#given = this.#from.variables()
    this.learn({})
  }

  /** Makes facts known: as variables, and in ansible_facts. */
  learnFacts(facts: Values): void {
    const before = this.variables.get('ansible_facts')
    const learned = factsOf(facts, isMap(before) ? before : {})
    for (const name of Object.keys(learned)) this.#from.facts.add(name)
    this.learn({learned})
  }

  /** Forgets all facts; what was registered and set stays. */
  forgetFacts(): void {
    const {facts, forget} = this.#from
    this.#learned = Object.fromEntries(Object.entries(this.#learned).filter(([name]) => !facts.has(name)))
    forget(facts)
    facts.clear()
    this.renew()
    this.learn({learned: {ansible_facts: {}}})
  }

  #all(): Variables {
    const given = this.#public.reduce(
      (known, {defaults, vars}) => known.with(defaults, 'defaults').with(vars, 'role'),
      this.#given,
    )
    const found = given.with(this.#included, 'included').with(finished(this.#learned), 'learned')
    return found.with(this.late.values, 'play')
  }
}
