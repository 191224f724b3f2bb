import {readdir, readFile} from 'node:fs/promises'
import {basename, dirname} from 'node:path'
import {ConfigError, type Source} from '../errors.ts'
import {didYouMean} from '../nearest.ts'
import {parseYaml, type YamlNode} from '../yaml.ts'
import {type Loading, report} from './loading.ts'

/** Reads a YAML file; what is wrong with it is reported at the place that names it, or in the file itself. */
export async function readYaml(path: string, source: Source, loading: Loading): Promise<YamlNode | undefined> {
  try {
    return parseYaml(await readFile(path, 'utf8'), path)
  } catch (error) {
    if (error instanceof ConfigError) loading.problems.push(...error.problems)
    else report(loading, source, `"${path}" cannot be read: ${reason(error)}`, {suggestion: await fileLike(path)})
    return undefined
  }
}

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EISDIR') return 'it is a folder'
  return code === 'EACCES' ? 'permission denied' : String(error)
}

/** The name of a file beside the one that is not there. */
async function fileLike(path: string): Promise<string | undefined> {
  return didYouMean(basename(path), await readdir(dirname(path)).catch(() => []))
}
