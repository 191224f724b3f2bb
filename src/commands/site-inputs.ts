import {join} from 'node:path'
import {readDeclared} from '../argument-spec/read-declared.ts'
import type {Declared} from '../argument-spec/read-options.ts'
import {Bug} from '../errors.ts'
import {packageRoot} from '../package-root.ts'
import {type Input, inputsOf} from '../reference/inputs.ts'

/** The inputs of the site's playbooks. */
export async function siteInputs(): Promise<readonly Input[]> {
  return inputsOf(await siteDeclared())
}

/** What the site's playbooks declare. */
export async function siteDeclared(): Promise<Declared> {
  const folder = join(packageRoot, 'playbooks')
  const declared = await readDeclared(folder)
  if (!declared) throw new Bug(`${folder} declares no inputs`)
  return declared
}
