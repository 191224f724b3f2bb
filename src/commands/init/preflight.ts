import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {Declared} from '../../argument-spec/read-options.ts'
import type {Values} from '../../module.ts'
import {packageRoot} from '../../package-root.ts'
import {isMap, type Value} from '../../value.ts'
import {variablesFrom} from '../../wizard/proposals.ts'
import {type Found, objections} from '../../wizard/suitable.ts'
import {parseYaml, plain} from '../../yaml.ts'

/** Why a run would refuse a host with these inputs, by the tasks that it begins with. */
export async function whyNot(found: Found, said: Values, declared: Declared): Promise<readonly string[]> {
  const [tasks, defaults] = await Promise.all([read('tasks/preflight.yml'), read('defaults/main.yml')])
  return objections(tasks, found, variablesFrom(declared, found.facts, said, isMap(defaults) ? defaults : {}))
}

async function read(name: string): Promise<Value> {
  const file = join(packageRoot, 'playbooks', name)
  return plain(parseYaml(await readFile(file, 'utf8'), file))
}
