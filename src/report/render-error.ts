import {readFileSync} from 'node:fs'
import type {ExitCode} from '../engine/events.ts'
import {Bug, ConfigError, type Problem, TaskError, UnreachableError, UsageError} from '../errors.ts'
import {knownLines} from './failure-lines.ts'
import {makeStyle, printable, type Style} from './style.ts'
import {count} from './words.ts'

/** How an error is shown. */
export type ErrorOptions = {
  readonly color: boolean
  /** Gives a file's text, to show the line that is wrong; undefined where it cannot be read. From disk without it. */
  readonly readFile?: (file: string) => string | undefined
  /** Hides secrets. */
  readonly mask?: (text: string) => string
}

/** The text that people see of an error, without a line end. */
export function renderError(error: unknown, options: ErrorOptions): string {
  const style = makeStyle(options.color)
  const mask = options.mask ?? (text => text)
  if (error instanceof ConfigError) return configError(error, {...options, style, mask})
  return mask(printable(plainText(error)))
    .split('\n')
    .map((line, index) => (index === 0 ? line.replace(/^[^:]+:/, start => style('red', start)) : line))
    .join('\n')
}

/** The exit code that an error means. */
export function exitCode(error: unknown): ExitCode {
  if (error instanceof UsageError || error instanceof ConfigError) return 3
  if (error instanceof UnreachableError) return 4
  return error instanceof TaskError ? 1 : 70
}

function plainText(error: unknown): string {
  if (error instanceof UsageError) return withHint(`error: ${error.message}`, error.hint)
  if (error instanceof UnreachableError) return withHint(`unreachable: ${error.host}: ${error.message}`, error.hint)
  if (error instanceof TaskError) return taskText(error)
  return bugText(error)
}

function withHint(text: string, hint: string | undefined): string {
  return hint === undefined ? text : `${text}\n${hint}`
}

function taskText({failure}: TaskError): string {
  return withHint([`failed: ${failure.message}`, ...knownLines(failure, false)].join('\n'), failure.hint)
}

function bugText(error: unknown): string {
  if (!(error instanceof Error)) return `bug: ${String(error)}\nThis is a mistake in provision, not in what you wrote.`
  const name = error instanceof Bug || error.name === 'Error' ? '' : `${error.name}: `
  const stack = (error.stack ?? '').split('\n').filter(line => line.startsWith('    at '))
  const cause = error.cause === undefined ? [] : [`caused by: ${String(error.cause)}`]
  const lines = [`bug: ${name}${error.message}`, ...stack, ...cause]
  return [...lines, 'This is a mistake in provision, not in what you wrote. Please report it with these lines.'].join(
    '\n',
  )
}

type Context = ErrorOptions & {readonly style: Style; readonly mask: (text: string) => string}

/** The problems, those of one file together and in the order of its lines. */
function configError({problems, summary}: ConfigError, context: Context): string {
  const files = [...new Set(problems.map(problem => problem.source.file))]
  const sorted = files.flatMap(file => problems.filter(problem => problem.source.file === file).toSorted(byPlace))
  const blocks = sorted.map(problem => problemLines(problem, context).join('\n'))
  if (summary !== undefined) return [...blocks, context.mask(printable(summary))].join('\n\n')
  if (problems.length < 2) return blocks.join('\n')
  const where = files.length > 1 ? ` in ${count(files.length, 'file')}` : ''
  return [...blocks, `${count(problems.length, 'problem')}${where}`].join('\n\n')
}

function byPlace({source: one}: Problem, {source: other}: Problem): number {
  return one.line - other.line || one.column - other.column
}

function problemLines(problem: Problem, context: Context): string[] {
  const {style, mask} = context
  const {file, line, column} = problem.source
  const said = mask(printable(problem.message)).split('\n')
  return [
    `${style('bold', mask(`${file}:${line}:${column}`))}: ${style('red', said[0] ?? '')}`,
    ...said.slice(1),
    ...pointed(problem, context),
    ...(problem.expected === undefined ? [] : [`  expected: ${mask(printable(problem.expected))}`]),
    ...(problem.suggestion === undefined ? [] : [`  ${mask(printable(problem.suggestion))}`]),
  ]
}

/** Letters of a line that are shown around the place that is wrong. */
const window = 100

/** The line that is wrong and a caret under the column; nothing when the file cannot be read. */
function pointed({source, secret}: Problem, {style, mask, readFile = fromDisk}: Context): string[] {
  const line = secret ? undefined : readFile(source.file)?.split(/\r?\n/)[source.line - 1]
  if (line === undefined || line.trim() === '') return []
  const [text, at] = cut(mask(printable(line)), mask(printable(line.slice(0, source.column - 1))).length)
  const margin = ' '.repeat(String(source.line).length)
  const indent = text.slice(0, at).replace(/[^\t]/g, ' ')
  return [`  ${source.line} | ${text}`, `  ${margin} | ${indent}${style('red', '^')}`]
}

function cut(line: string, at: number): [string, number] {
  if (line.length <= window) return [line, at]
  const from = Math.max(0, Math.min(at - window / 2, line.length - window))
  const start = from > 0 ? '…' : ''
  const end = from + window < line.length ? '…' : ''
  return [start + line.slice(from, from + window) + end, at - from + start.length]
}

function fromDisk(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
