import {readFileSync} from 'node:fs'
import {homedir} from 'node:os'
import {resolve} from 'node:path'
import type {Value} from '../module.ts'
import {didYouMean} from '../nearest.ts'
import {password} from './password.ts'
import {TemplateError} from './template-error.ts'

/** What `lookup()` may use of the controller. */
export type Lookups = {
  /** Relative paths start here. */
  readonly folder: string
  readonly environment: {readonly [name: string]: string | undefined}
  /** Is told every secret, so that reports can hide it. */
  readonly secret: (value: string) => void
}

/** Looks one term up: `env` NAME, `file` PATH, `password` PATH with options. Throws when it is not there. */
export function lookUp(name: string, term: string, lookups: Lookups): Value {
  const word = name.replace(/^ansible\.builtin\./, '')
  const found = plugins[word]
  if (found) return found(term, lookups)
  throw new TemplateError(`there is no lookup "${word}"`, {suggestion: didYouMean(word, lookupNames)})
}

const plugins: {readonly [name: string]: (term: string, lookups: Lookups) => Value} = {
  env: (term, {environment}) => environment[term] ?? '',
  file: (term, {folder}) => readLookedUp(pathOf(term, folder)).trimEnd(),
  password: (term, {folder, secret}) => {
    const value = password(term, path => pathOf(path, folder))
    secret(value)
    return value
  },
}

/** The names of all lookups. */
export const lookupNames = Object.keys(plugins)

function readLookedUp(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    throw new TemplateError(missing ? `lookup: there is no file ${path}` : `lookup: ${path} cannot be read: ${error}`)
  }
}

function pathOf(path: string, folder: string): string {
  return resolve(folder, path.replace(/^~(?=\/|$)/, homedir()))
}
