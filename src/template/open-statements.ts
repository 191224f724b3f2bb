import {didYouMean} from '../nearest.ts'
import type {Segment} from './segments.ts'
import {positionOf, TemplateError} from './template-error.ts'

const opening = new Set(['for', 'if', 'macro', 'call', 'filter', 'raw', 'block', 'with', 'autoescape'])

const known = new Set([
  ...opening,
  ...[...opening].map(word => `end${word}`),
  ...'set endset elif else do include import from extends break continue'.split(' '),
])

/** Finds the first statement that does not exist, that is never closed, or that closes nothing: `{% for … %}` without `{% endfor %}`. */
export function unmatchedStatement(text: string, parts: readonly Segment[]): TemplateError | undefined {
  const open: {readonly word: string; readonly start: number}[] = []
  for (const {kind, body, start} of parts) {
    const word = kind === 'statement' ? (/^\s*(\w+)/.exec(body)?.[1] ?? '') : ''
    if (word !== '' && !known.has(word)) return unknownStatement(text, word, start)
    if (opening.has(word) || (word === 'set' && !body.includes('='))) open.push({word, start})
    if (!word.startsWith('end')) continue
    const last = open.pop()
    if (last && word !== `end${last.word}`) return notClosed(text, last)
    if (!last) return new TemplateError(`{% ${word} %} closes nothing`, positionOf(text, start))
  }
  const last = open.at(-1)
  return last && notClosed(text, last)
}

function unknownStatement(text: string, word: string, start: number): TemplateError {
  return new TemplateError(`there is no statement {% ${word} %}`, {
    ...positionOf(text, start),
    suggestion: didYouMean(word, known),
  })
}

function notClosed(text: string, {word, start}: {word: string; start: number}): TemplateError {
  return new TemplateError(`{% ${word} %} is not closed: {% end${word} %} is missing`, positionOf(text, start))
}
