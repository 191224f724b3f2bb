import type {Value} from '../module.ts'
import {closing, type Token} from './tokens.ts'

/** A variable with the attributes that follow it: `result.stat['mode']` is root `result`, path `stat`, `mode`. */
export type Mention = {
  readonly root: string
  readonly path: readonly (string | number)[]
  /** Offsets of the whole chain. */
  readonly start: number
  readonly end: number
  /** It may be missing: `is defined`, `default(…)` or an argument of default asks for it. */
  readonly guarded: boolean
}

const keywords = new Set(
  'and or not in is if else elif true false none True False None null for endfor endif recursive set endset'.split(' '),
)
const guards = new Set(['default', 'd', 'defined', 'undefined'])

/** Finds the variables that an expression mentions. Literals, filters, tests, functions and argument names do not count. */
export function mentions(tokens: readonly Token[]): readonly Mention[] {
  const optional = argumentsOfDefault(tokens)
  const found: Mention[] = []
  for (let index = 0; index < tokens.length; index++) {
    if (!isVariable(tokens, index)) continue
    const mention = chain(tokens, index, optional)
    found.push(mention)
  }
  return found
}

/** Follows attributes through a value; undefined when one is missing. */
export function follow(value: Value | undefined, path: readonly (string | number)[]): Value | undefined {
  return path.reduce<Value | undefined>((at, step) => {
    if (at === null || typeof at !== 'object') return undefined
    if (Array.isArray(at)) return at.at(Number(step))
    return Object.entries(at).find(([key]) => key === String(step))?.[1]
  }, value)
}

function isVariable(tokens: readonly Token[], index: number): boolean {
  const [before, token, after] = [tokens[index - 1]?.text, tokens[index], tokens[index + 1]?.text]
  if (token?.kind !== 'name' || keywords.has(token.text)) return false
  if (before === '.' || before === '|' || before === 'is' || (before === 'filter' && index === 1)) return false
  if (before === 'not' && tokens[index - 2]?.text === 'is') return false
  return after !== '(' && !(after === '=' && (before === '(' || before === ','))
}

function chain(tokens: readonly Token[], first: number, optional: ReadonlySet<Token>): Mention {
  const path: (string | number)[] = []
  let index = first + 1
  for (;;) {
    const attribute = step(tokens, index)
    if (!attribute) break
    path.push(attribute.name)
    index = attribute.next
  }
  const token = tokens[first]
  const guarded = isGuard(tokens, index) || (token !== undefined && optional.has(token))
  return {root: token?.text ?? '', path, start: token?.start ?? 0, end: tokens[index - 1]?.end ?? 0, guarded}
}

/** One `.name`, `.0`, `['name']` or `[0]`, unless it is a method that is called. */
function step(tokens: readonly Token[], index: number): {name: string | number; next: number} | undefined {
  const [mark, key, close] = [tokens[index], tokens[index + 1], tokens[index + 2]]
  if (mark?.text === '.' && (key?.kind === 'name' || key?.kind === 'number')) {
    return close?.text === '(' ? undefined : {name: key.text, next: index + 2}
  }
  if (mark?.text !== '[' || close?.text !== ']' || !key) return undefined
  if (key.kind === 'string') return {name: key.value, next: index + 3}
  return key.kind === 'number' ? {name: Number(key.text), next: index + 3} : undefined
}

function isGuard(tokens: readonly Token[], index: number): boolean {
  const mark = tokens[index]?.text
  if (mark !== '|' && mark !== 'is') return false
  const word = tokens[index + 1]?.text === 'not' ? index + 2 : index + 1
  return guards.has(lastPart(tokens, word))
}

/** The last word of a dotted name such as `ansible.builtin.default`. */
function lastPart(tokens: readonly Token[], index: number): string {
  let at = index
  while (tokens[at + 1]?.text === '.' && tokens[at + 2]?.kind === 'name') at += 2
  return tokens[at]?.text ?? ''
}

function argumentsOfDefault(tokens: readonly Token[]): ReadonlySet<Token> {
  const inside = new Set<Token>()
  tokens.forEach((token, index) => {
    if (tokens[index + 1]?.text !== '(' || !['default', 'd'].includes(token.text)) return
    for (const argument of tokens.slice(index + 2, closing(tokens, index + 1))) inside.add(argument)
  })
  return inside
}
