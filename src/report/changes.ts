import type {Change, Value} from '../module.ts'
import {unifiedDiff} from './diff.ts'
import {oneLine, printable, type Style} from './style.ts'

/** A change in a few words: `mode: 0644 -> 0600`, or `content` alone where the values are long. */
export function changeWords(change: Change): string {
  const what = oneLine(change.what)
  const [before, after] = [short(change.before), short(change.after)]
  return before === undefined || after === undefined ? what : `${what}: ${before} -> ${after}`
}

/** A change in full: a unified diff of texts, or of the JSON of lists and maps; short values as `mode: 0644 -> 0600`. */
export function changeDiff(change: Change, style: Style): string[] {
  if (short(change.before) !== undefined && short(change.after) !== undefined) return [changeWords(change)]
  const patch = unifiedDiff(oneLine(change.what), text(change.before), text(change.after))
  return patch.map(line => colored(line, style))
}

function short(value: Value): string | undefined {
  if (value === null) return 'none'
  const shown = typeof value === 'string' ? value : JSON.stringify(value)
  if (shown === '') return '""'
  return shown.length <= 60 && !shown.includes('\n') ? printable(shown) : undefined
}

function text(value: Value): string {
  if (value === null) return ''
  return typeof value === 'string' ? printable(value) : `${JSON.stringify(value, undefined, 2)}\n`
}

function colored(line: string, style: Style): string {
  if (line.startsWith('---') || line.startsWith('+++')) return style('bold', line)
  if (line.startsWith('@@')) return style('cyan', line)
  if (line.startsWith('+')) return style('green', line)
  return line.startsWith('-') ? style('red', line) : line
}
