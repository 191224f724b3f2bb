import type {Segment} from './segments.ts'
import {closing, type Token, tokenize} from './tokens.ts'

const always = ['loop', 'self', 'super', 'caller', 'varargs', 'kwargs']

/** Finds the names that a template binds itself: loop variables, set, macros and their arguments. */
export function localsOf(parts: readonly Segment[]): ReadonlySet<string> {
  const names = new Set(always)
  for (const part of parts.filter(part => part.kind === 'statement')) {
    for (const name of bound(tokenize(part.body))) names.add(name)
  }
  return names
}

/** Finds the macros of a template; they are called like functions. */
export function macrosOf(parts: readonly Segment[]): readonly string[] {
  return parts.filter(part => part.kind === 'statement').flatMap(part => /^\s*macro\s+(\w+)/.exec(part.body)?.[1] ?? [])
}

function bound(tokens: readonly Token[]): readonly string[] {
  const word = tokens[0]?.text
  if (word === 'for')
    return names(
      tokens.slice(
        1,
        tokens.findIndex(token => token.text === 'in'),
      ),
    )
  if (word === 'set') return names(upTo(tokens.slice(1), '='))
  if (word === 'macro' || word === 'call') return parametersOf(tokens)
  if (word === 'with') return tokens.filter((_, index) => tokens[index + 1]?.text === '=').map(token => token.text)
  return word === 'import' || word === 'from' ? names(tokens.slice(1)) : []
}

function names(tokens: readonly Token[]): readonly string[] {
  return tokens.filter(token => token.kind === 'name').map(token => token.text)
}

function upTo(tokens: readonly Token[], mark: string): readonly Token[] {
  const index = tokens.findIndex(token => token.text === mark)
  return index < 0 ? tokens : tokens.slice(0, index)
}

function parametersOf(tokens: readonly Token[]): readonly string[] {
  const open = tokens.findIndex(token => token.text === '(')
  const inside = tokens.slice(open + 1, closing(tokens, open))
  return inside
    .filter((token, index) => token.kind === 'name' && (index === 0 || inside[index - 1]?.text === ','))
    .map(token => token.text)
}
