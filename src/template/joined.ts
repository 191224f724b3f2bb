import {depthChange, type Token} from './tokens.ts'

const ends = new Set('~ , : = == != < > <= >= and or not in if else'.split(' '))

/**
 * `a ~ b` joins texts, and the engine writes true, none and lists in its own way: each side becomes a call that writes it
 * as Python does. Numbers keep the engine's text, which knows 1.0 from 1.
 */
export function wrapJoined(tokens: readonly Token[], pieces: string[]): void {
  const depths = depthsOf(tokens)
  const joints = tokens.flatMap((token, index) => (token.text === '~' && token.kind === 'operator' ? [index] : []))
  for (const joint of joints.toSorted((one, other) => (depths[other] ?? 0) - (depths[one] ?? 0))) {
    wrap(edge(tokens, depths, joint, -1), joint - 1, pieces)
    wrap(joint + 1, edge(tokens, depths, joint, 1), pieces)
  }
}

function depthsOf(tokens: readonly Token[]): readonly number[] {
  let depth = 0
  return tokens.map(token => {
    const change = depthChange(token)
    if (change < 0) depth--
    const own = depth
    if (change > 0) depth++
    return own
  })
}

/** The last token of the operand on one side. */
function edge(tokens: readonly Token[], depths: readonly number[], joint: number, step: 1 | -1): number {
  const depth = depths[joint] ?? 0
  let at = joint + step
  while (isInside(tokens[at], depths[at], depth) && !isSum(tokens[at], at, joint)) at += step
  return at - step
}

/** A sum holds its sides less tightly than ~ does; a sign before a number belongs to it. */
function isSum(token: Token | undefined, at: number, joint: number): boolean {
  return token?.kind === 'operator' && (token.text === '+' || token.text === '-') && at !== joint + 1
}

function isInside(token: Token | undefined, own: number | undefined, depth: number): boolean {
  if (token === undefined || own === undefined || own < depth) return false
  if (own > depth) return true
  return !(ends.has(token.text) && token.kind !== 'string')
}

function wrap(first: number, last: number, pieces: string[]): void {
  const operand = pieces
    .slice(first, last + 1)
    .filter(piece => piece !== '')
    .join(' ')
  if (operand === '' || operand.startsWith('__text(')) return
  pieces.fill('', first, last + 1)
  pieces[first] = /^"(?:[^"\\]|\\.)*"$/.test(operand) ? operand : `__text(${operand}, (${operand}) ~ '')`
}
