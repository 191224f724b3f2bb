import {dirname, resolve} from 'node:path'
import {type Source, TaskError} from '../errors.ts'
import type {Values} from '../module.ts'
import type {Play, VarsFile} from '../play.ts'
import {PendingVariable} from '../template/scope.ts'
import {renderValue} from '../template/template.ts'
import {TemplateError} from '../template/template-error.ts'
import type {Variables} from '../template/variables.ts'
import {isFile, readFile} from './variable-files.ts'

/** What vars_files with variables in their names bring as far as those are known: values, names that are not known yet, and what is wrong. */
export type LateVariables = {
  readonly values: Values
  readonly open: readonly string[]
  readonly wrong?: {readonly error: TaskError; readonly source: Source}
}

/** Reads the play's vars_files whose names can be made of what is known now. */
export function lateVariables({varsFiles = []}: Play, variables: Variables): LateVariables {
  let late: LateVariables = {values: {}, open: []}
  for (const file of varsFiles) late = together(late, oneOf(file, variables.with(late.values, 'play')))
  return late
}

function together(one: LateVariables, other: LateVariables): LateVariables {
  return {
    ...one,
    ...other,
    values: {...one.values, ...other.values},
    open: [...one.open, ...other.open],
  }
}

/** The first of its files that is there. */
function oneOf({names, source}: VarsFile, variables: Variables): LateVariables {
  const missing: string[] = []
  try {
    for (const name of names) {
      const rendered = String(renderValue(name, variables))
      const places = ['vars', '.'].map(folder => resolve(dirname(source.file), folder, rendered))
      const found = places.find(isFile)
      if (found !== undefined) return {values: readFile(found), open: []}
      missing.push(rendered)
    }
    const message =
      missing.length === 1 ? `there is no file ${missing[0]}` : `none of these files is there: ${missing.join(', ')}`
    return {values: {}, open: [], wrong: {error: new TaskError({message: `vars_files: ${message}`}), source}}
  } catch (error) {
    if (error instanceof TaskError) return {values: {}, open: [], wrong: {error, source}}
    if (error instanceof PendingVariable || error instanceof TemplateError) return {values: {}, open: names}
    throw error
  }
}
