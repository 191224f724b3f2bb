import type {Source} from '../errors.ts'
import {syntaxOfExpression, syntaxOfText} from '../template/syntax.ts'
import type {TemplateError} from '../template/template-error.ts'
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
  tell(node, /\{[{%]/.test(node.value) ? syntaxOfText(node.value) : syntaxOfExpression(node.value), loading)
}

/** Where a place within a text stands in its file. */
function placeWithin(node: YamlScalar, line = 1, column = 1): Source {
  const {text, block} = node
  if (line === 1) return {...text, column: text.column + column - 1}
  return {...text, line: text.line + line - 1, column: block ? text.column + column - 1 : column}
}

function tell(node: YamlScalar, errors: readonly TemplateError[], loading: Loading): void {
  for (const {message, line, column, suggestion} of errors) {
    report(loading, placeWithin(node, line, column), message, {suggestion})
  }
}
