import {TaskError} from '../errors.ts'
import type {Task, Undecided} from '../play.ts'
import {renderValue} from '../template/template.ts'
import type {Variables} from '../template/variables.ts'
import {falseWords, isList, trueWords} from '../value.ts'

/** Fills in the keywords of a task that hold variables. Throws TaskError, TemplateError and PendingVariable. */
export function decided(task: Task, scope: Variables): Task {
  const {undecided = {}} = task
  if (Object.keys(undecided).length === 0) return task
  const said = (key: keyof Undecided) => flagFrom(key, undecided[key], scope)
  const holds = (key: 'become' | 'ignoreErrors' | 'noLog' | 'runOnce') =>
    key in undecided ? (said(key) ?? false) : (task[key] ?? false)
  return {
    ...task,
    undecided: {},
    become: holds('become'),
    ignoreErrors: holds('ignoreErrors'),
    noLog: holds('noLog'),
    runOnce: holds('runOnce'),
    checkMode: said('checkMode') ?? task.checkMode,
    diff: said('diff') ?? task.diff,
    ignoreUnreachable: said('ignoreUnreachable') ?? task.ignoreUnreachable ?? false,
  }
}

/** What a keyword with variables says; undefined where nothing is said, or `omit`. Throws TaskError, TemplateError and PendingVariable. */
export function flagFrom(key: string, text: string | undefined, scope: Variables): boolean | undefined {
  if (text === undefined) return undefined
  const rendered = renderValue([text], scope)
  const [value] = isList(rendered) ? rendered : []
  if (value === undefined || typeof value === 'boolean') return value
  const word = String(value).toLowerCase()
  if (trueWords.includes(word)) return true
  if (word === '' || falseWords.includes(word)) return false
  throw new TaskError({message: `${key} wants true or false, and got ${JSON.stringify(value)} of ${text}`})
}
