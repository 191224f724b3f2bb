import {didYouMean} from '../nearest.ts'
import {EngineError, knownWords} from './engine.ts'
import {PendingVariable} from './scope.ts'
import {positionOf, TemplateError} from './template-error.ts'

/** What an error came from: the whole text, and the expression in it (without one the engine's own line is right). */
export type Origin = {
  readonly text: string
  readonly offset?: number
  readonly expression?: string
  /** How far rendering had got. */
  readonly reached?: number | undefined
  readonly functions: readonly string[]
}

/** Turns what went wrong in the engine into a TemplateError with a place in the text that people wrote. */
export function explained(error: unknown, origin: Origin): unknown {
  if (error instanceof PendingVariable) return error
  if (error instanceof TemplateError)
    return error.line === undefined && error.variable === undefined ? placed(error, origin) : error
  if (error instanceof EngineError) return ofEngine(error, origin)
  return error instanceof Error ? new TemplateError(error.message, place(origin)) : error
}

function placed(error: TemplateError, origin: Origin): TemplateError {
  return new TemplateError(error.message, {
    ...place(origin),
    undefinedName: error.undefinedName,
    suggestion: error.suggestion,
  })
}

function ofEngine(error: EngineError, origin: Origin): TemplateError {
  const unknown = /^unknown (filter|test|function): (?:filter|test) ?(\w+)|^unknown function: (\w+)/.exec(error.message)
  if (unknown) return unknownWord(unknown[1] ?? 'function', unknown[2] ?? unknown[3] ?? '', origin)
  const message = error.message.replace(/^(invalid operation|syntax error|undefined value): /, '')
  return new TemplateError(message, placeInEngine(error, origin))
}

function unknownWord(kind: string, word: string, origin: Origin): TemplateError {
  const words = kind === 'filter' ? knownWords.filter : kind === 'test' ? knownWords.test : origin.functions
  const at = origin.text.indexOf(word, origin.offset ?? origin.reached ?? 0)
  const where = at < 0 ? place(origin) : positionOf(origin.text, at)
  return new TemplateError(`there is no ${kind} "${word}"`, {...where, suggestion: didYouMean(word, words)})
}

function placeInEngine(error: EngineError, origin: Origin): {line?: number; column?: number} {
  if (origin.expression !== undefined || origin.reached !== undefined) return place(origin)
  return error.line === undefined ? {} : {line: error.line}
}

function place(origin: Origin): {line?: number; column?: number} {
  if (origin.reached !== undefined) return positionOf(origin.text, skipSpace(origin.text, origin.reached))
  if (origin.offset === undefined) return {}
  return positionOf(origin.text, skipSpace(origin.text, origin.offset))
}

function skipSpace(text: string, offset: number): number {
  return offset + (/^\s*/.exec(text.slice(offset))?.[0].length ?? 0)
}
