import type {Source} from '../errors.ts'
import {withoutBraces} from '../template/conditions.ts'
import {syntaxOfExpression, syntaxOfText} from '../template/syntax.ts'
import {TemplateError} from '../template/template-error.ts'
import {hasTemplate} from '../value.ts'
import type {YamlNode, YamlScalar} from '../yaml.ts'
import {type Loading, report} from './loading.ts'

/** Reports mistakes in the templates within a value, at any depth. */
export function checkTemplates(node: YamlNode, loading: Loading): void {
  if (node.kind === 'list') for (const item of node.items) checkTemplates(item, loading)
  if (node.kind === 'map') for (const entry of node.entries) checkTemplates(entry.value, loading)
  if (node.kind === 'scalar' && typeof node.value === 'string') tell(node, syntaxOfText(node.value), loading)
}

/** Reports a mistake in a condition, which is an expression without braces. */
export function checkExpression(node: YamlScalar, loading: Loading): void {
  if (typeof node.value !== 'string') return
  const isText = hasTemplate(node.value)
  const wrong = isText ? syntaxOfText(node.value) : syntaxOfExpression(node.value)
  const bare = wrong.length === 0 ? withoutBraces(node.value) : undefined
  // Where the braces were, columns are others: such a mistake is told at the beginning.
  if (bare !== undefined)
    tell(
      node,
      syntaxOfExpression(bare).map(error => new TemplateError(error.message)),
      loading,
    )
  else tell(node, wrong, loading)
}

/** Where a place within a text stands in its file; line and column count from 1. */
export function placeWithin(node: YamlScalar, line = 1, column = 1): Source {
  const {text, block} = node
  if (line === 1) return {...text, column: text.column + column - 1}
  return {...text, line: text.line + line - 1, column: block ? text.column + column - 1 : column}
}

function tell(node: YamlScalar, errors: readonly TemplateError[], loading: Loading): void {
  for (const {message, line, column, suggestion, expected} of errors) {
    report(loading, placeWithin(node, line, column), message, {suggestion, expected})
  }
}
