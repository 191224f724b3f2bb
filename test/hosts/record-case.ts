import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {stringify} from 'yaml'
import type {Plan, Values} from '../../src/module.ts'

/** Where the recorded cases go: a folder for each module. */
const folder = join(import.meta.dirname, '../modules')

/** Writes down what a module made of a host's answer, when RECORD is set; to be read before it is committed. */
export function recordCase(module: string, title: string, args: Values, answer: string, plan: Plan): void {
  if (!process.env.RECORD) return
  const {changes, reverts} = plan
  const steps = plan.steps.map(step =>
    typeof step === 'string' || typeof step.content === 'string' || 'sha256' in step.content
      ? step
      : {...step, content: Buffer.from(step.content).toString('base64')},
  )
  const one = {title, args, answer, changes, steps, reverts, result: plan.result(undefined)}
  mkdirSync(join(folder, module), {recursive: true})
  writeFileSync(
    join(folder, module, `${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.yaml`),
    stringify(one, {lineWidth: 0}),
  )
}
