import {Environment} from 'minijinja-js'
import type {Value, Values} from '../module.ts'
import {isMap} from '../value.ts'
import type {Filter, Filters} from './filter.ts'
import {filters} from './filters/index.ts'
import {KeyOrder} from './key-order.ts'
import type {Space} from './space.ts'
import {tests} from './tests.ts'

/**
 * The one door to minijinja-js. What it does not know of Python and Ansible is made up for before (dialect.ts) and around
 * it: an exception inside a callback would break its memory for good, so that callbacks note their first failure, which is thrown
 * when the call is over; maps come back sorted, so that their order is remembered.
 */
export type Call = {
  readonly source: string
  readonly context: Values
  /** Functions that only this call has. */
  readonly functions: Filters
  readonly order: KeyOrder
  /** What becomes of the space around statements; as in Ansible when it is not said. */
  readonly space?: Space | undefined
}

/** A lookup may render while something is rendered, which no environment can do twice at the same time. */
type Frame = {
  readonly environment: Environment
  ofThisCall: readonly string[]
  order: KeyOrder
  failure: {readonly error: unknown} | undefined
}

const frames: Frame[] = []
let depth = 0

/** Renders a prepared template; throws what a callback threw, or an EngineError. */
export function renderSource(call: Call): string {
  return run(call, ({environment}) => environment.renderNamedStr('template', call.source, call.context))
}

/** Evaluates a prepared expression; throws what a callback threw, or an EngineError. */
export function evaluateSource(call: Call): Value {
  return run(call, ({environment, order}) => fromEngine(environment.evalExpr(call.source, call.context), order))
}

/** What minijinja itself says is wrong, without its decoration. Line and column count from 1. */
export class EngineError extends Error {
  override readonly name = 'EngineError'
  readonly line: number | undefined
  readonly column: number | undefined
  constructor(text: string) {
    super((text.split('\n')[0] ?? '').replace(/ \(in [^()]*:\d+\)$/, ''))
    this.line = Number(/ \(in [^()]*:(\d+)\)/.exec(text)?.[1]) || undefined
    const caret = /^ +i( +)\^/m.exec(text)
    this.column = caret ? (caret[1]?.length ?? 0) : undefined
  }
}

function frameNow(): Frame {
  const known = frames[depth]
  if (known) return known
  const made = new Environment()
  const frame: Frame = {environment: made, ofThisCall: [], order: new KeyOrder(), failure: undefined}
  made.enablePyCompat()
  made.undefinedBehavior = 'strict'
  made.keepTrailingNewline = true
  for (const [name, known] of Object.entries(filters)) made.addFilter(name, callback(known, frame))
  for (const [name, known] of Object.entries(tests)) made.addTest(name, callback(known, frame))
  frames.push(frame)
  return frame
}

function run<Result>(call: Call, work: (frame: Frame) => Result): Result {
  const frame = frameNow()
  const {environment} = frame
  frame.failure = undefined
  frame.order = call.order
  frame.order.remember(call.context)
  environment.trimBlocks = call.space?.trimBlocks ?? true
  environment.lstripBlocks = call.space?.lstripBlocks ?? false
  for (const name of frame.ofThisCall) environment.removeGlobal(name)
  for (const [name, known] of Object.entries(call.functions)) environment.addGlobal(name, callback(known, frame))
  frame.ofThisCall = Object.keys(call.functions)
  depth++
  try {
    const result = work(frame)
    if (noted(frame) === undefined) return result
  } catch (error) {
    if (noted(frame) === undefined) throw new EngineError(error instanceof Error ? error.message : String(error))
  } finally {
    depth--
  }
  throw noted(frame)?.error
}

function noted({failure}: Frame): Frame['failure'] {
  return failure
}

/** Wraps a function for minijinja: it never throws, and takes and returns what minijinja can hold. */
function callback(known: Filter, frame: Frame): (...args: unknown[]) => unknown {
  return (...given) => {
    try {
      const [input = null, ...args] = given.map(value => fromEngine(value, frame.order))
      const result = known.apply(input, ...arranged(known, args))
      frame.order.remember(result)
      return result
    } catch (error) {
      frame.failure ??= {error}
      return null
    }
  }
}

/** Puts named arguments, which minijinja hands over as a last map, into the order of the parameters. */
function arranged(known: Filter, args: readonly Value[]): readonly (Value | undefined)[] {
  if (known.named) return args
  const last = args.at(-1)
  const named = isNamed(known, last) ? last : {}
  const positional = isNamed(known, last) ? args.slice(0, -1) : args
  const byName = known.parameters.map(name => named[name])
  if (known.variadic) return [...byName, ...positional]
  if (positional.length > known.parameters.length) throw new Error(`too many arguments: ${positional.length}`)
  return known.parameters.map((_, index) => positional[index] ?? byName[index])
}

function isNamed(known: Filter, last: Value | undefined): last is Values {
  if (!isMap(last)) return false
  const keys = Object.keys(last)
  return keys.length > 0 && keys.every(key => known.parameters.includes(key))
}

function fromEngine(value: unknown, order: KeyOrder): Value {
  if (value === undefined || value === null) return null
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return value
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(item => fromEngine(item, order))
  if (value instanceof Map) return fromMap(value, order)
  return typeof value === 'object' ? fromMap(new Map(Object.entries(value)), order) : String(value)
}

function fromMap(map: ReadonlyMap<unknown, unknown>, order: KeyOrder): Values {
  const byName = new Map([...map].map(([key, value]) => [String(key), fromEngine(value, order)]))
  return Object.fromEntries(order.sorted([...byName.keys()]).map(key => [key, byName.get(key) ?? null]))
}

/** Whether there is such a filter or test, ours or minijinja's. */
export function isKnownWord(kind: 'filter' | 'test', name: string): boolean {
  return frameNow().environment.evalExpr(`${JSON.stringify(name)} is ${kind}`, {}) === true
}

const builtinFilters =
  'abs attr batch bool capitalize count d default dictsort e escape first float groupby indent int items join last length lines list lower map max min pprint reject rejectattr replace reverse round safe select selectattr slice sort split sum title trim truncate unique upper'
const builtinTests =
  'boolean callable containing defined divisibleby endingwith eq equalto escaped even false filter float ge gt in integer iterable le lower lt mapping ne none number odd safe sameas sequence startingwith string test true undefined upper'

/** The names of all filters or tests, for "Did you mean". */
export const knownWords = {
  filter: [...Object.keys(filters), ...builtinFilters.split(' ')],
  test: [...Object.keys(tests), ...builtinTests.split(' ')],
}
