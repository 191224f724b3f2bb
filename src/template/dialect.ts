import type {Value, Values} from '../module.ts'
import {didYouMean} from '../nearest.ts'
import {markCalls, rewriteMethods} from './calls.ts'
import {type Filters, filter} from './filter.ts'
import {wrapJoined} from './joined.ts'
import {KeyOrder} from './key-order.ts'
import {type Mention, mentions} from './mentions.ts'
import {print} from './printing.ts'
import type {Scope} from './scope.ts'
import {positionOf, TemplateError} from './template-error.ts'
import {type Backslashes, closing, type Token, tokenize} from './tokens.ts'

/** Stands for a parameter that is left out: `mode: "{{ wanted_mode | default(omit) }}"`. */
export const omitted = '__omit_this_parameter__'

/**
 * Translates expressions of one text from Ansible's Jinja2 to minijinja's: variables are looked up here and handed over under
 * names of our own; one that is missing, not known yet or broken becomes a call that fails when, and only when, it is reached.
 */
export class Dialect {
  readonly order = new KeyOrder()
  readonly #text: string
  readonly #scope: Scope
  readonly #values: Record<string, Value> = {}
  readonly #failures: unknown[] = []
  readonly #locals: ReadonlySet<string>

  constructor(text: string, scope: Scope, locals: ReadonlySet<string> = new Set()) {
    this.#text = text
    this.#scope = scope
    this.#locals = locals
  }

  /** The values of all variables that were translated. */
  get context(): Values {
    return this.#values
  }

  /** The functions that translated expressions call. */
  get functions(): Filters {
    return {
      __fail: filter([], index => {
        throw this.#failures[Number(index)]
      }),
      __text: filter(['native'], (value, native = '') =>
        typeof value === 'number' ? native : value === null ? 'None' : print(value),
      ),
    }
  }

  /** Translates one expression; `offset` is its place in the text. */
  translate(source: string, offset: number, backslashes: Backslashes = 'escapes'): string {
    const tokens = tokenize(source, offset, backslashes)
    const pieces = tokens.map(piece)
    rewriteNames(tokens, pieces)
    this.#rewriteMentions(tokens, pieces)
    rewriteMethods(tokens, pieces)
    markCalls(tokens, pieces)
    wrapJoined(tokens, pieces)
    this.#noteOrder(tokens)
    return spaced(source, offset, tokens, pieces)
  }

  /** The value of a variable with its attributes; throws TemplateError and PendingVariable. */
  value(mention: Mention): Value {
    const found = this.#lookUp(mention)
    if (found === undefined) throw this.#missing(mention)
    return found
  }

  /** Makes the error for a place in the text. */
  error(message: string, offset: number): TemplateError {
    return new TemplateError(message, positionOf(this.#text, offset))
  }

  #lookUp(mention: Mention): Value | undefined {
    const found = this.#scope.get(mention.root, mention.path)
    return found === undefined && mention.root === 'omit' ? omitted : found
  }

  #rewriteMentions(tokens: readonly Token[], pieces: string[]): void {
    for (const mention of mentions(tokens)) {
      if (this.#isLocal(mention)) continue
      const first = tokens.findIndex(token => token.start === mention.start)
      const last = tokens.findIndex(token => token.end === mention.end)
      pieces.fill('', first, last + 1)
      pieces[first] = this.#reference(mention)
    }
  }

  /** A name that the template binds keeps its name; if a variable is called so too, it is there until then. */
  #isLocal(mention: Mention): boolean {
    if (!this.#locals.has(mention.root)) return false
    const value = this.#scope.get(mention.root)
    if (value !== undefined) this.#values[mention.root] = value
    return true
  }

  #reference(mention: Mention): string {
    try {
      const value = this.#lookUp(mention)
      if (value !== undefined) return this.#hold(value)
      return mention.guarded ? '__undefined' : this.#failing(this.#missing(mention))
    } catch (error) {
      return this.#failing(error)
    }
  }

  #hold(value: Value): string {
    const name = `__v${Object.keys(this.#values).length}`
    this.#values[name] = value
    return name
  }

  #failing(error: unknown): string {
    return `__fail(${this.#failures.push(error) - 1})`
  }

  #missing(mention: Mention): TemplateError {
    const steps = [mention.root, ...mention.path]
    const known = this.#knownSteps(mention)
    const undefinedName = steps
      .slice(0, known + 1)
      .map(written)
      .join('')
    const candidates =
      known === 0 ? this.#scope.names() : keysOf(this.#lookUp({...mention, path: mention.path.slice(0, known - 1)}))
    return new TemplateError(`"${undefinedName}" is not defined`, {
      ...positionOf(this.#text, mention.start),
      undefinedName,
      suggestion: didYouMean(String(steps[known]), candidates),
    })
  }

  /** How many steps of the chain have a value. */
  #knownSteps(mention: Mention): number {
    for (let length = mention.path.length; length > 0; length--) {
      if (this.#lookUp({...mention, path: mention.path.slice(0, length - 1)}) !== undefined) return length
    }
    return 0
  }

  /** minijinja sorts the keys of map literals too. */
  #noteOrder(tokens: readonly Token[]): void {
    tokens.forEach((token, index) => {
      if (token.text !== '{') return
      const inside = tokens.slice(index + 1, closing(tokens, index))
      const keys = inside
        .filter((item, at) => item.kind === 'string' && inside[at + 1]?.text === ':')
        .map(item => item.value)
      this.order.rememberKeys(keys)
    })
  }
}

function piece(token: Token): string {
  return token.kind === 'string' ? JSON.stringify(token.value) : token.text
}

/** `ansible.builtin.default` is `default`; `default(x, boolean=true)` is `default(x, true)`. */
function rewriteNames(tokens: readonly Token[], pieces: string[]): void {
  tokens.forEach((token, index) => {
    const before = tokens[index - 1]?.text
    const first = before === '|' || before === 'is' || (before === 'not' && tokens[index - 2]?.text === 'is')
    for (let at = index; first && tokens[at + 1]?.text === '.' && tokens[at + 2]?.kind === 'name'; at += 2) {
      pieces.fill('', at, at + 2)
    }
    const named = ['boolean', 'default_value'].includes(token.text) && tokens[index + 1]?.text === '='
    if (named) pieces.fill('', index, index + 2)
  })
}

function spaced(source: string, offset: number, tokens: readonly Token[], pieces: readonly string[]): string {
  let at = offset
  let result = ''
  tokens.forEach((token, index) => {
    result += source.slice(at - offset, token.start - offset) + (pieces[index] ?? '')
    at = token.end
  })
  return result + source.slice(at - offset)
}

function written(step: string | number, index: number): string {
  return index === 0 ? String(step) : typeof step === 'number' ? `[${step}]` : `.${step}`
}

function keysOf(value: Value | undefined): readonly string[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []
}
