import type {TaskResult} from '../engine/events.ts'
import type {TaskFailure} from '../errors.ts'
import {printable, type Style} from './style.ts'

/** Lines of a command and of what it printed that are shown without -v. */
const limits = {command: 8, stderr: 20, stdout: 10}

/** What is known of a failed task, one label and value a line: where, message, command, exit code, last output, hint. */
export function failureLines(
  result: Pick<TaskResult, 'task' | 'module' | 'host' | 'delegate' | 'source'>,
  failure: TaskFailure,
  options: {readonly style: Style; readonly verbosity: number},
): string[] {
  const {file, line, column} = result.source
  const all = options.verbosity > 0
  return [
    ...field('host', whereOf(result)),
    ...field('task', `${result.task} [${result.module}]`),
    ...field('at', `${file}:${line}:${column}`),
    ...field('message', options.style('red', printable(failure.message).trimEnd())),
    ...knownLines(failure, all),
    ...field('hint', failure.hint),
  ]
}

/** The host, and the one that it delegated the task to: `web1 -> db1`. */
export function whereOf({host, delegate}: Pick<TaskResult, 'host' | 'delegate'>): string {
  return delegate === undefined ? host : `${host} -> ${delegate}`
}

/** The command, its exit code and the last lines of its output, as far as they are known. */
export function knownLines(failure: TaskFailure, all: boolean): string[] {
  return [
    ...field('command', first(failure.command, all)),
    ...field('exit code', failure.exitCode?.toString()),
    ...field('stderr', last(failure.stderr, limits.stderr, all)),
    ...field('stdout', last(failure.stdout, limits.stdout, all)),
  ]
}

/** A label and a value, whose further lines are indented below its first; nothing for an empty value. */
function field(name: string, value: string | undefined): string[] {
  if (value === undefined || value.trim() === '') return []
  const [head = '', ...more] = value.split('\n')
  return [`${name.padEnd(9)} ${head}`, ...more.map(line => `${' '.repeat(10)}${line}`.trimEnd())]
}

function first(text: string | undefined, all: boolean): string | undefined {
  const lines = linesOf(text)
  if (all || lines.length <= limits.command) return lines.join('\n')
  const hidden = lines.length - limits.command
  return [...lines.slice(0, limits.command), `(${hidden} more lines, shown with -v)`].join('\n')
}

function last(text: string | undefined, limit: number, all: boolean): string | undefined {
  const lines = linesOf(text)
  if (all || lines.length <= limit) return lines.join('\n')
  return [`(${lines.length - limit} lines before, shown with -v)`, ...lines.slice(-limit)].join('\n')
}

function linesOf(text: string | undefined): string[] {
  return printable(text ?? '')
    .trimEnd()
    .split('\n')
}
