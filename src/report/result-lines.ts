import type {RunEvent, Status, TaskResult} from '../engine/events.ts'
import {changeDiff, changeWords} from './changes.ts'
import {failureLines, whereOf} from './failure-lines.ts'
import {oneLine, printable, type Style, statusFormats} from './style.ts'
import {duration} from './words.ts'

/** How results are shown as lines. */
export type LineOptions = {
  readonly diff: boolean
  readonly verbosity: number
  readonly check: boolean
  /** Letters that host names are padded to. */
  readonly hostWidth: number
  readonly style: Style
}

/** What people see of one result: nothing, a line, or a line and what belongs to it. */
export function resultLines(result: TaskResult, options: LineOptions): string[] {
  if (!isShown(result, options)) return []
  return [heading(result, options), ...changeLines(result, options), ...failure(result, options)]
}

/** What people see of a host that could not be reached. */
export function unreachableLines(event: Extract<RunEvent, {type: 'host-unreachable'}>, options: LineOptions): string[] {
  const first = `${label('unreachable', options)}  ${event.host.padEnd(options.hostWidth)}  ${oneLine(event.message)}`
  return event.hint === undefined ? [first] : [first, `  hint      ${oneLine(event.hint)}`]
}

/** The task's name and the loop's item in parentheses. */
export function taskTitle(result: {readonly task: string; readonly item?: string | undefined}): string {
  return oneLine(result.task) + (result.item === undefined ? '' : ` (${oneLine(result.item)})`)
}

function isShown({status, message}: TaskResult, {verbosity}: LineOptions): boolean {
  if (status === 'ok') return verbosity > 0 || message !== undefined
  return status !== 'skipped' || verbosity > 0
}

function heading(result: TaskResult, options: LineOptions): string {
  const {status, ms} = result
  const isTimed = ms > 0 && status !== 'skipped'
  const time = isTimed ? `  ${options.style('dim', `(${duration(ms)})`)}` : ''
  return `${label(status, options)}  ${whereOf(result).padEnd(options.hostWidth)}  ${taskTitle(result)}${said(result)}${time}${rest(result)}`
}

function label(status: Status, {check, style}: LineOptions): string {
  const word = check && status === 'changed' ? 'would change' : status
  return style(statusFormats[status], word.padEnd(check ? 12 : 11))
}

/** What the task says, on the same line; of an ignored failure its message. */
function said(result: TaskResult): string {
  const message = result.status === 'ignored' ? (result.failure?.message ?? result.message) : result.message
  return message === undefined || message.includes('\n') ? '' : `: ${oneLine(message)}`
}

function rest({message}: TaskResult): string {
  return message?.includes('\n') ? `\n${printable(message).trimEnd().replace(/^/gm, '  ')}` : ''
}

function changeLines({changes, noLog, diff: own}: TaskResult, {diff: asked, verbosity, style}: LineOptions): string[] {
  const diff = own ?? asked
  if (noLog && (diff || verbosity > 0)) return ['  (hidden by no_log)']
  if (diff) return changes.flatMap(change => changeDiff(change, style)).map(line => `  ${line}`)
  return verbosity > 0 ? changes.map(change => `  ${changeWords(change)}`) : []
}

function failure(result: TaskResult, {verbosity, style}: LineOptions): string[] {
  if (result.failure === undefined || result.status === 'ignored') return []
  return failureLines(result, result.failure, {style, verbosity}).map(line => `  ${line}`)
}
