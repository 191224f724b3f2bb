import {readFileSync} from 'node:fs'
import type {Values} from '../module.ts'
import {isMap} from '../value.ts'
import {parseYaml, plain} from '../yaml.ts'
import {TemplateError} from './template-error.ts'

/** Reads a file of variables, in YAML or JSON; nothing in it means none. Throws ConfigError, and TemplateError when it holds something else. */
export function readVariables(file: string): Values {
  const values = plain(parseYaml(readFileSync(file, 'utf8'), file))
  if (isMap(values)) return values
  if (values === null || values === '') return {}
  throw new TemplateError(`${file} holds no variables: it must be a map of names and values`)
}
