import type {Value} from '../module.ts'
import {isList, isMap} from '../value.ts'
import {Dialect} from './dialect.ts'
import {renderSource} from './engine.ts'
import {explained} from './explain.ts'
import {type Filters, filter} from './filter.ts'
import {functionsFor} from './functions.ts'
import {missingElse} from './inline-if.ts'
import {localsOf} from './locals.ts'
import {print} from './printing.ts'
import type {Scope} from './scope.ts'
import {type Segment, segments} from './segments.ts'
import type {Space} from './space.ts'
import {type Backslashes, depthChange, type Token, tokenize} from './tokens.ts'

/**
 * Renders a whole template that was cut into segments; printing and loops are ours, so that they behave as in Ansible.
 * `backslashes` says what they are between braces.
 */
export function renderStatements(
  text: string,
  parts: readonly Segment[],
  scope: Scope,
  backslashes: Backslashes,
  space?: Space,
): string {
  const dialect = new Dialect(text, scope, localsOf(parts))
  const source = translateStatements(parts, dialect, backslashes)
  const reached: Reached = {offset: undefined}
  const functions = {...functionsFor({scope, render}), ...dialect.functions, ...printing(text, dialect, reached)}
  try {
    return renderSource({source, context: dialect.context, functions, order: dialect.order, space})
  } catch (error) {
    throw explained(error, {text, reached: reached.offset, functions: Object.keys(functions)})
  }
}

/** For lookups, which render other texts. */
function render(text: string, scope: Scope): string {
  return renderStatements(text, segments(text), scope, 'escapes')
}

/** Translates a whole template that was cut into segments. */
export function translateStatements(
  parts: readonly Segment[],
  dialect: Dialect,
  backslashes: Backslashes = 'escapes',
): string {
  return parts.map(part => translated(part, dialect, backslashes)).join('')
}

function translated(part: Segment, dialect: Dialect, backslashes: Backslashes): string {
  if (part.kind === 'text') return part.body
  if (part.kind === 'comment') return `{#${part.left}${part.body}${part.right}#}`
  return part.kind === 'print' ? printed(part, dialect, backslashes) : statement(part, dialect)
}

function printed(part: Segment, dialect: Dialect, backslashes: Backslashes): string {
  const otherwise = missingElse(tokenize(part.body, part.bodyStart))
  const source = dialect.translate(part.body, part.bodyStart, backslashes) + otherwise
  const fractional = /[/.]|float|round/.test(part.body) ? `, (${source}) ~ ''` : ''
  return `{{${part.left}__print(__at(${part.bodyStart}), (${source}) is undefined, (${source})${fractional})${part.right}}}`
}

const otherFiles = new Set(['include', 'import', 'from', 'extends'])

/** Only `for` needs more than its expressions translated: maps must be walked in their own order. */
function statement(part: Segment, dialect: Dialect): string {
  const tokens = tokenize(part.body, part.bodyStart)
  const word = tokens[0]?.text ?? ''
  if (otherFiles.has(word))
    throw dialect.error(`"${word}" is not supported yet: put the text into this file`, part.bodyStart)
  const body = word === 'for' ? loop(part, tokens, dialect) : words(part, tokens, dialect)
  return `{%${part.left}${body}${part.right}%}`
}

function words(part: Segment, tokens: readonly Token[], dialect: Dialect): string {
  const from = expressionStart(tokens)
  if (from === undefined) return part.body
  const head = from.start - part.bodyStart
  const expression = dialect.translate(part.body.slice(head), from.start)
  const marked = isCondition(tokens[0]) ? `__at(${from.start}) and (${expression})` : expression
  return part.body.slice(0, head) + marked
}

/** Where the first expression of a statement begins: after the word, or after `=` of set and with. */
function expressionStart(tokens: readonly Token[]): Token | undefined {
  const word = tokens[0]?.text ?? ''
  if (isCondition(tokens[0]) || word === 'do') return tokens[1]
  if (word !== 'set' && word !== 'with') return undefined
  const equals = tokens.findIndex(token => token.text === '=')
  return equals < 0 ? undefined : tokens[equals + 1]
}

function isCondition(word: Token | undefined): boolean {
  return word?.text === 'if' || word?.text === 'elif'
}

function loop(part: Segment, tokens: readonly Token[], dialect: Dialect): string {
  const first = tokens[tokens.findIndex(token => token.text === 'in') + 1]
  if (!first || first === tokens[0]) return part.body
  const end = endOfIterable(tokens, tokens.indexOf(first)) ?? part.bodyStart + part.body.length
  const cut = (from: number, to: number) => part.body.slice(from - part.bodyStart, to - part.bodyStart)
  const rest = cut(end, part.bodyStart + part.body.length)
  const iterable = dialect.translate(cut(first.start, end), first.start)
  const head = cut(part.bodyStart, first.start)
  return `${head}__each(__at(${first.start}), (${iterable}) is undefined, (${iterable})) ${dialect.translate(rest, end)}`
}

function endOfIterable(tokens: readonly Token[], from: number): number | undefined {
  let depth = 0
  for (const token of tokens.slice(from)) {
    depth += depthChange(token)
    if (depth === 0 && (token.text === 'if' || token.text === 'recursive')) return token.start
  }
  return undefined
}

/** Where in the template rendering has got to, for errors. */
type Reached = {offset: number | undefined}

function printing(text: string, dialect: Dialect, reached: Reached): Filters {
  const parameters = ['missing', 'value', 'fractional']
  return {
    __at: filter([], offset => {
      reached.offset = Number(offset)
      return offset === 0 ? '0' : offset
    }),
    __print: filter(parameters, (offset, missing, value, fractional) => {
      if (missing === true) throw dialect.error(`"${expressionAt(text, Number(offset))}" has no value`, Number(offset))
      return typeof value === 'number' && typeof fractional === 'string' ? fractional : print(value ?? null)
    }),
    __each: filter(parameters, (offset, missing, value = null) => {
      if (missing === true || !isIterable(value)) throw dialect.error('a loop needs a list or a map', Number(offset))
      return isMap(value) ? Object.keys(value) : value
    }),
  }
}

function expressionAt(text: string, offset: number): string {
  return (/^(.*?)[-+]?\}\}/s.exec(text.slice(offset))?.[1] ?? '').trim()
}

function isIterable(value: Value): boolean {
  return typeof value === 'string' || isList(value) || isMap(value)
}
