import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {packageRoot} from '../package-root.ts'
import {type Input, readInputs} from '../reference/inputs.ts'

/** The inputs of the site's playbooks. */
export async function siteInputs(): Promise<readonly Input[]> {
  const file = join(packageRoot, 'playbooks/defaults/main.yml')
  return readInputs(await readFile(file, 'utf8'), file)
}
