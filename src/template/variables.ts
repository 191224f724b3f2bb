import type {Value, Values} from '../module.ts'
import type {Lookups} from './lookups.ts'
import {follow} from './mentions.ts'
import {isMap} from './printing.ts'
import {PendingVariable, type Scope} from './scope.ts'
import {renderValue} from './template.ts'
import {TemplateError} from './template-error.ts'

/** Which names are not known yet, and what `lookup()` may use. */
export type VariablesOptions = {
  /** Asked for names that no layer has: true means that a task which has not run yet will make it. */
  readonly pending?: (name: string) => boolean
  readonly lookups?: Partial<Lookups>
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

/** Layers of variables, the last one strongest. A value may be a template; it is rendered when it is first mentioned. */
export class Variables implements Scope {
  readonly lookups: Lookups
  readonly #layers: readonly Values[]
  readonly #pending: (name: string) => boolean
  readonly #rendered = new Map<string, Value>()
  readonly #atWork: string[] = []

  constructor(layers: readonly Values[], {pending = () => false, lookups = {}}: VariablesOptions = {}) {
    this.#layers = layers
    this.#pending = pending
    this.lookups = {folder: process.cwd(), environment: process.env, secret: () => {}, ...lookups}
  }

  /** The same variables with another layer on top. */
  with(layer: Values): Variables {
    return new Variables([...this.#layers, layer], {pending: this.#pending, lookups: this.lookups})
  }

  /** The same variables with some names declared not known yet, even though a layer has them; with `facts`, so is every name that no layer has. */
  withPending(names: ReadonlySet<string>, facts = false): Variables {
    if (names.size === 0 && !facts) return this
    const layers = this.#layers.map(layer => without(layer, names))
    const pending = (name: string) => facts || names.has(name) || this.#pending(name)
    return new Variables(layers, {pending, lookups: this.lookups})
  }

  /**
   * The rendered value, or undefined; of a path within it, only that is rendered. Throws PendingVariable, and TemplateError when
   * the value's own template is wrong.
   */
  get(name: string, path: readonly (string | number)[] = []): Value | undefined {
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

  /** Whether a layer has the name; its value is not rendered. */
  has(name: string): boolean {
    return this.#layerOf(name) !== undefined
  }

  /** All names that a layer has. */
  names(): ReadonlySet<string> {
    return new Set(this.#layers.flatMap(Object.keys))
  }

  /** All variables as they were written, not rendered; the strongest layer wins. */
  all(): Values {
    return Object.assign({}, ...this.#layers)
  }

  #layerOf(name: string): Values | undefined {
    return this.#layers.findLast(layer => Object.hasOwn(layer, name))
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
      return rendered
    } catch (error) {
      throw error instanceof TemplateError ? within(name, error) : error
    } finally {
      this.#atWork.pop()
    }
  }

  #cycle(name: string): TemplateError {
    const names = [...this.#atWork.slice(this.#atWork.indexOf(name)), name]
    return new TemplateError(`variables need each other in a circle: ${names.join(' -> ')}`)
  }
}

/** Says in which variable the mistake is; a place within its text would point into the wrong file. */
function within(name: string, error: TemplateError): TemplateError {
  if (error.variable !== undefined) return error
  const {undefinedName, suggestion} = error
  return new TemplateError(`${error.message} (in the variable "${name}")`, {undefinedName, suggestion, variable: name})
}

function without(layer: Values, names: ReadonlySet<string>): Values {
  const kept = Object.fromEntries(Object.entries(layer).filter(([name]) => !names.has(name)))
  return finishedLayers.has(layer) ? finished(kept) : kept
}
