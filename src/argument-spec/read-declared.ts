import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {Source} from '../errors.ts'
import {parseYaml} from '../yaml.ts'
import {type Declared, readOptions} from './read-options.ts'

/**
 * Reads what meta/argument_specs.yml of a playbook's folder declares for that playbook (its name without .yml), or for all of
 * the folder; undefined where there is no such file. Throws ConfigError.
 */
export async function readDeclared(folder: string, playbook?: string): Promise<Declared | undefined> {
  for (const name of ['argument_specs.yml', 'argument_specs.yaml']) {
    const file = join(folder, 'meta', name)
    const text = await readIfThere(file)
    if (text !== undefined) return readOptions(parseYaml(text, file), playbook)
  }
  return undefined
}

/** Where a declared option stands. */
export function placeOfOption({places}: Declared, name: string): Source {
  return places.get(name) ?? {file: '', line: 1, column: 1}
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR'].includes(String(error.code)))
      return undefined
    throw error
  }
}
