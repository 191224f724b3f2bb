import type {Foreseen} from '../engine/foresight.ts'
import type {Change, Value} from '../module.ts'
import {isList} from '../value.ts'
import type {Digest} from './plan-key.ts'
import type {PlannedTask} from './saved-plan.ts'
import {stepText, stepWords} from './step-text.ts'

/** Hides secrets in a text. */
export type Masked = (text: string) => string

/** What a plan keeps of what was foreseen of a task: without secrets, and without anything to guess one from. */
export function plannedTask(foreseen: Foreseen, digest: Digest, mask: Masked): PlannedTask {
  const {task, module, item, handler, source, mark, waitsFor, reason, noLog, changes, steps} = foreseen
  const shown = mark === 'ok' || mark === 'skipped' || noLog ? [] : changes
  return {
    task: mask(task),
    module,
    ...(item !== undefined && {item: mask(item)}),
    ...(handler && {handler}),
    file: source.file,
    line: source.line,
    column: source.column,
    mark,
    ...(waitsFor !== undefined && {waits_for: mask(waitsFor)}),
    ...(reason !== undefined && !noLog && {reason: mask(reason)}),
    ...(noLog && {hidden: true}),
    ...(shown.length > 0 && {changes: shown.map(change => maskedChange(change, mask))}),
    ...(steps.length > 0 && {
      steps: steps.map(step => ({does: mask(stepWords(step)), digest: digest(stepText(step))})),
    }),
    key: digest(foreseen.key),
    loop_key: digest(foreseen.loopKey),
    ...(foreseen.question !== undefined && {question: digest(foreseen.question)}),
    ...(foreseen.answer !== undefined && {answer: digest(foreseen.answer)}),
  }
}

/** A change with its secrets hidden. */
export function maskedChange({what, before, after}: Change, mask: Masked): {what: string; before: Value; after: Value} {
  return {what: mask(what), before: masked(before, mask), after: masked(after, mask)}
}

function masked(value: Value, mask: Masked): Value {
  if (typeof value === 'string') return mask(value)
  if (typeof value === 'number') return mask(String(value)) === String(value) ? value : mask(String(value))
  if (value === null || typeof value === 'boolean') return value
  if (isList(value)) return value.map(one => masked(one, mask))
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [mask(name), masked(one, mask)]))
}
