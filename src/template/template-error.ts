/** A template or expression cannot be rendered: why, where in it (counted from 1), and the nearest right word. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
  readonly line: number | undefined
  readonly column: number | undefined
  /** The name that is not defined, if that is the reason. */
  readonly undefinedName: string | undefined
  readonly suggestion: string | undefined
  readonly expected: string | undefined
  /** The variable whose value holds the mistake, when it is not in the text itself. */
  readonly variable: string | undefined
  constructor(message: string, details: TemplateErrorDetails = {}) {
    super(message)
    this.line = details.line
    this.column = details.column
    this.undefinedName = details.undefinedName
    this.suggestion = details.suggestion
    this.expected = details.expected
    this.variable = details.variable
  }
}

/** What is known of a template error beside its message. */
export type TemplateErrorDetails = {
  readonly line?: number | undefined
  readonly column?: number | undefined
  readonly undefinedName?: string | undefined
  readonly suggestion?: string | undefined
  readonly expected?: string | undefined
  readonly variable?: string | undefined
}

/** Says where an offset lies in a text; line and column count from 1. */
export function positionOf(text: string, offset: number): {line: number; column: number} {
  const before = text.slice(0, offset)
  return {line: before.split('\n').length, column: offset - before.lastIndexOf('\n')}
}

/** Says in which variable the mistake is; a place within its text would point into the wrong file. */
export function inVariable(name: string, error: TemplateError): TemplateError {
  if (error.variable !== undefined) return error
  const {undefinedName, suggestion} = error
  return new TemplateError(`${error.message} (in the variable "${name}")`, {undefinedName, suggestion, variable: name})
}
