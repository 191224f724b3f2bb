import type {Value, Values} from '../module.ts'
import {isMap} from '../value.ts'
import type {Lookups} from './lookups/lookup.ts'
import {follow} from './mentions.ts'
import {type OtherVariable, PendingVariable, pendingOf, type Scope} from './scope.ts'
import {isRanked, type Layer, type Strength, strengths} from './strength.ts'
import {renderValue} from './template.ts'
import {inVariable, TemplateError} from './template-error.ts'

/** Which names are not known yet, and what `lookup()` may use. */
export type VariablesOptions = {
  /** Asked for names that no layer has: true means that a task which has not run yet will make it. */
  readonly pending?: (name: string) => boolean
  readonly lookups?: Partial<Lookups>
  /** Names whose values of now will be another's: only what is stronger than a result has them already. */
  readonly hidden?: ReadonlySet<string>
  /** Is told each variable, or part of one (`smtp.password`), when its value is known. */
  readonly known?: (name: string, value: Value) => void
  /** What `hostvars` has. */
  readonly hosts?: Hosts
  /** What another host is still going to bring. */
  readonly coming?: (host: string) => Coming | undefined
  /** The other host that must get further before a variable has its value. */
  readonly unsettled?: (name: string) => OtherVariable | undefined
}

/** Names that are not known yet; with `facts`, so is every name that nothing has. */
export type Coming = {readonly names: ReadonlySet<string>; readonly facts: boolean}

/** The variables of all hosts, for `hostvars`. */
export type Hosts = {
  /** The host whose variables these are. */
  readonly own: string
  readonly names: () => readonly string[]
  readonly of: (host: string) => Variables | undefined
}

const finishedLayers = new WeakSet<Values>()

/**
 * Marks a layer whose values are final: what tasks registered, facts, items of loops. They are taken as they are, because what a host
 * answers must never be run as a template. Returns the same object; a copy of it is not marked.
 */
export function finished(layer: Values): Values {
  finishedLayers.add(layer)
  return layer
}

/** Layers of variables, each with its strength. A value may be a template; it is rendered when it is first mentioned. */
export class Variables implements Scope {
  readonly lookups: Lookups
  readonly #layers: readonly Layer[]
  readonly #pending: (name: string) => boolean
  readonly #hidden: ReadonlySet<string>
  readonly #hosts: Hosts | undefined
  readonly #known: (name: string, value: Value) => void
  readonly #coming: (host: string) => Coming | undefined
  readonly #unsettled: (name: string) => OtherVariable | undefined
  readonly #rendered = new Map<string, Value>()
  readonly #atWork: string[] = []

  /** Layers without a strength are as strong as the inventory, the last one strongest. */
  constructor(
    layers: readonly (Values | readonly [Strength, Values])[],
    {
      pending = () => false,
      lookups = {},
      hidden = new Set(),
      hosts,
      known = () => {},
      coming = () => undefined,
      unsettled = () => undefined,
    }: VariablesOptions = {},
  ) {
    this.#layers = layers
      .map(layer =>
        isRanked(layer) ? {strength: layer[0], values: layer[1]} : {strength: 'inventory' as const, values: layer},
      )
      .toSorted((left, right) => strengths.indexOf(left.strength) - strengths.indexOf(right.strength))
    this.#pending = pending
    this.#hidden = hidden
    this.#hosts = hosts
    this.#known = known
    this.#coming = coming
    this.#unsettled = unsettled
    this.lookups = {folder: process.cwd(), environment: process.env, secret: () => {}, ...lookups}
  }

  /** The same variables with another layer: on top, or as strong as is said. */
  with(values: Values, strength: Strength = 'item'): Variables {
    return this.#made([...this.#layers, {values, strength}])
  }

  /** The same variables with some names declared not known yet, even though a layer has them; with `facts`, so is every name that no layer has. */
  withPending(names: ReadonlySet<string>, facts = false): Variables {
    if (names.size === 0 && !facts) return this
    const hidden = new Set([...this.#hidden, ...names])
    return this.#made(this.#layers, {pending: name => facts || names.has(name) || this.#pending(name), hidden})
  }

  /**
   * The same variables, with those of other hosts not known yet that `coming` says; it is asked only for hosts that `hostvars` is asked for.
   * `unsettled` says which host must get further before a variable has its value.
   */
  withOthersPending(
    coming: (host: string) => Coming | undefined,
    unsettled: (name: string) => OtherVariable | undefined,
  ): Variables {
    return this.#made(this.#layers, {coming, unsettled})
  }

  /**
   * The rendered value, or undefined; of a path within it, only that is rendered. Throws PendingVariable, and TemplateError when
   * the value's own template is wrong.
   */
  get(name: string, path: readonly (string | number)[] = []): Value | undefined {
    const other = this.#unsettled(name)
    if (other) throw new PendingVariable(name, other)
    if (name === 'hostvars' && this.#hosts) return this.#ofHosts(this.#hosts, path)
    if (name === 'vars' && !this.has(name)) return this.#allOrOne(path)
    const layer = this.#layerOf(name)
    if (layer === undefined && this.#pending(name)) throw new PendingVariable(name)
    if (layer === undefined) return undefined
    if (finishedLayers.has(layer)) return follow(layer[name], path)
    const [first, ...rest] = path
    const value = layer[name] ?? null
    if (first === undefined || !isMap(value)) return follow(this.#whole(name, value), path)
    const part = follow(value, [first])
    return part === undefined ? undefined : follow(this.#whole(`${name}.${first}`, part), rest)
  }

  #allOrOne([name, ...path]: readonly (string | number)[]): Value | undefined {
    if (name !== undefined) return this.get(String(name), path)
    const [hidden] = this.#hidden
    if (hidden !== undefined) throw new PendingVariable(hidden)
    return this.rendered()
  }

  /** A variable's text as it was written; never what a host said. */
  written(name: string): string | undefined {
    const layer = this.#layerOf(name)
    const value = layer === undefined || finishedLayers.has(layer) ? undefined : layer[name]
    return typeof value === 'string' ? value : undefined
  }

  /** Whether a layer has the name; its value is not rendered. */
  has(name: string): boolean {
    return this.#layerOf(name) !== undefined
  }

  /** All names that a layer has. */
  names(): ReadonlySet<string> {
    return new Set([...this.#layers.flatMap(({values}) => Object.keys(values)), ...(this.#hosts ? ['hostvars'] : [])])
  }

  /** All variables as they were written, not rendered; the strongest layer wins. */
  all(): Values {
    return Object.assign({}, ...this.#layers.map(layer => layer.values))
  }

  #layerOf(name: string): Values | undefined {
    const layer = this.#layers.findLast(({values}) => Object.hasOwn(values, name))
    const isHidden =
      layer && this.#hidden.has(name) && strengths.indexOf(layer.strength) <= strengths.indexOf('learned')
    return isHidden ? undefined : layer?.values
  }

  #made(layers: readonly Layer[], more: VariablesOptions = {}): Variables {
    const ranked = layers.map(({strength, values}) => [strength, values] as const)
    return new Variables(ranked, {
      pending: this.#pending,
      hidden: this.#hidden,
      lookups: this.lookups,
      known: this.#known,
      coming: this.#coming,
      unsettled: this.#unsettled,
      ...(this.#hosts && {hosts: this.#hosts}),
      ...more,
    })
  }

  /** A host's variables are rendered as that host sees them; of its own, a host knows what it does not know yet. */
  #ofHosts({own, names, of}: Hosts, [host, name, ...path]: readonly (string | number)[]): Value | undefined {
    const whole = (one: string) => (one === own ? this : this.#settled(one, of(one)))?.rendered()
    if (host === undefined) return Object.fromEntries(names().map(one => [one, whole(one) ?? {}]))
    if (name === undefined) return whole(String(host))
    return host === own
      ? this.get(String(name), path)
      : this.#ofOther(of(String(host)), String(host), String(name), path)
  }

  #settled(host: string, variables: Variables | undefined): Variables | undefined {
    if (variables && this.#coming(host)) throw pendingOf({host})
    return variables
  }

  #ofOther(
    variables: Variables | undefined,
    host: string,
    name: string,
    path: readonly (string | number)[],
  ): Value | undefined {
    const coming = this.#coming(host)
    if (!coming) return variables?.get(name, path)
    try {
      return variables?.withPending(coming.names, coming.facts).get(name, path)
    } catch (error) {
      throw error instanceof PendingVariable ? pendingOf({host, name}) : error
    }
  }

  /** All variables that can be rendered; those of other hosts are left out. */
  rendered(): Values {
    const known: Record<string, Value> = {}
    for (const name of this.names()) {
      try {
        const value = name === 'hostvars' ? undefined : this.get(name)
        if (value !== undefined) known[name] = value
      } catch (error) {
        if (!(error instanceof TemplateError || error instanceof PendingVariable)) throw error
      }
    }
    return known
  }

  #whole(name: string, value: Value): Value {
    const known = this.#rendered.get(name)
    return known === undefined ? this.#render(name, value) : known
  }

  #render(name: string, value: Value): Value {
    if (this.#atWork.includes(name)) throw this.#cycle(name)
    this.#atWork.push(name)
    try {
      const rendered = renderValue(value, this)
      this.#rendered.set(name, rendered)
      this.#known(name, rendered)
      return rendered
    } catch (error) {
      throw error instanceof TemplateError ? inVariable(name, error) : error
    } finally {
      this.#atWork.pop()
    }
  }

  #cycle(name: string): TemplateError {
    const names = [...this.#atWork.slice(this.#atWork.indexOf(name)), name]
    return new TemplateError(`variables need each other in a circle: ${names.join(' -> ')}`)
  }
}
