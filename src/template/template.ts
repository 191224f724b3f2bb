import type {Value, Values} from '../module.ts'
import {isList, isMap} from '../value.ts'
import {withoutBraces} from './conditions.ts'
import {Dialect, omitted} from './dialect.ts'
import {EngineError, evaluateSource} from './engine.ts'
import {explained} from './explain.ts'
import {functionsFor} from './functions.ts'
import {missingElse} from './inline-if.ts'
import {mentions} from './mentions.ts'
import {isTrue, print} from './printing.ts'
import type {Scope} from './scope.ts'
import {isTemplate, type Segment, segments} from './segments.ts'
import type {Space} from './space.ts'
import {renderStatements} from './statements.ts'
import {grammarAt, syntaxOfText} from './syntax.ts'
import {positionOf, TemplateError} from './template-error.ts'
import {type Backslashes, tokenize} from './tokens.ts'

/**
 * Renders a value of a playbook. A text that is exactly one `{{ … }}` keeps the type of what is inside; maps and lists are
 * rendered deeply, and what renders to `omit` is left out. Throws TemplateError and PendingVariable.
 */
export function renderValue(value: Value, scope: Scope): Value {
  if (typeof value === 'string') return renderString(value, scope)
  if (isList(value)) return value.map(item => renderValue(item, scope)).filter(item => item !== omitted)
  return isMap(value) ? renderValues(value, scope) : value
}

/** Renders the values of a map; keys that are templates are rendered too. Throws TemplateError and PendingVariable. */
function renderValues(values: Values, scope: Scope): Values {
  const entries = Object.entries(values).map(
    ([key, item]) => [renderKey(key, scope), renderValue(item, scope)] as const,
  )
  return Object.fromEntries(entries.filter(([, item]) => item !== omitted))
}

/** Renders a template file; a newline at the end stays. Throws TemplateError and PendingVariable. */
export function renderText(text: string, scope: Scope, space?: Space): string {
  return renderWith(text, scope, 'escapes', space)
}

/** Evaluates what could stand between the braces of an argument. Throws TemplateError and PendingVariable. */
export function evaluate(expression: string, scope: Scope): Value {
  return evaluateAt({expression, offset: 0, text: expression, backslashes: 'plain'}, scope)
}

/** Whether all conditions hold. A condition may be written with braces too. Throws TemplateError and PendingVariable. */
export function test(expressions: readonly string[], scope: Scope): boolean {
  return expressions.every(expression => holds(renderCondition(expression, scope)))
}

function renderWith(text: string, scope: Scope, backslashes: Backslashes, space?: Space): string {
  if (!isTemplate(text)) return text
  const parts = segments(text)
  const open = parts.find(part => !part.closed)
  if (open)
    throw new TemplateError(`"${text.slice(open.start, open.start + 2)}" is never closed`, positionOf(text, open.start))
  try {
    return renderStatements(text, parts, scope, backslashes, space)
  } catch (error) {
    const vague = error instanceof TemplateError && error.column === undefined && error.variable === undefined
    throw (vague ? syntaxOfText(text)[0] : undefined) ?? error
  }
}

function renderKey(key: string, scope: Scope): string {
  return isTemplate(key) ? print(renderValue(key, scope)) : key
}

function renderString(text: string, scope: Scope): Value {
  if (!isTemplate(text)) return text
  const only = onlyExpression(segments(text))
  if (!only) return renderWith(text, scope, 'plain')
  return evaluateAt({expression: only.body, offset: only.bodyStart, text, backslashes: 'plain'}, scope)
}

function onlyExpression(parts: readonly Segment[]): Segment | undefined {
  const solid = parts.filter(part => part.kind !== 'text' || part.body !== '')
  const [first] = solid
  return solid.length === 1 && first?.kind === 'print' && first.closed && !/^\n|\n$/.test(first.body)
    ? first
    : undefined
}

/** An expression at its place in a text. */
type Piece = {
  readonly expression: string
  readonly offset: number
  readonly text: string
  readonly backslashes: Backslashes
}

function evaluateAt({expression, offset, text, backslashes}: Piece, scope: Scope): Value {
  const dialect = new Dialect(text, scope)
  const tokens = tokenize(expression, offset, backslashes)
  const [mention, ...others] = mentions(tokens)
  const alone =
    mention && others.length === 0 && mention.start === tokens[0]?.start && mention.end === tokens.at(-1)?.end
  if (alone) return dialect.value(mention)
  const source = dialect.translate(expression, offset, backslashes) + missingElse(tokens)
  const functions = {...functionsFor({scope, render: renderText}), ...dialect.functions}
  try {
    const result = evaluateSource({
      order: dialect.order,
      source: `[(${source}\n) is undefined, (${source}\n)]`,
      context: dialect.context,
      functions,
    })
    const [missing, value] = isList(result) ? result : []
    if (missing === true) throw dialect.error(`"${expression.trim()}" has no value`, offset)
    return value ?? null
  } catch (error) {
    const mistake = error instanceof EngineError ? grammarAt(expression, offset, text) : undefined
    throw mistake ?? explained(error, {text, offset, expression, functions: Object.keys(functions)})
  }
}

function renderCondition(expression: string, scope: Scope): Value {
  const named = conditionNamed(expression, scope)
  if (named !== undefined) return renderCondition(named, scope)
  const bare = withoutBraces(expression) ?? expression
  if (isTemplate(bare)) return renderString(bare, scope)
  return evaluateAt({expression: bare, offset: 0, text: bare, backslashes: 'escapes'}, scope)
}

/** `{{ name }}` stands for the condition that the variable holds, if it was written by people: what a host said is not evaluated. */
function conditionNamed(condition: string, scope: Scope): string | undefined {
  const name = /^\s*\{\{\s*([A-Za-z_]\w*)\s*\}\}\s*$/.exec(condition)?.[1]
  const text = name === undefined ? undefined : scope.written?.(name)
  return text !== undefined && /[^\w\s]|\s\w/.test(text) && text !== condition ? text : undefined
}

/** Conditions that come out as text are read as Ansible's bool filter reads them. */
function holds(value: Value): boolean {
  return typeof value === 'string'
    ? !['', 'false', 'no', 'off', '0', 'none'].includes(value.toLowerCase().trim())
    : isTrue(value)
}
