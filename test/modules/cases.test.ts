import {spawnSync} from 'node:child_process'
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {parse} from 'yaml'
import type {Asked, Plan, Step, Values} from '../../src/module.ts'
import {moduleMap, modules} from '../../src/modules/index.ts'

type Case = {
  readonly title: string
  readonly args: Values
  /** What the probe said on a real host. */
  readonly answer: string
  /** When that was, in milliseconds. */
  readonly asked?: Asked
  readonly changes?: unknown
  readonly steps?: unknown
  readonly reverts?: unknown
  readonly result?: unknown
  /** The message with which planning fails. */
  readonly error?: string
}

const folder = import.meta.dirname
const names = readdirSync(folder, {withFileTypes: true}).flatMap(entry => (entry.isDirectory() ? [entry.name] : []))

describe.each(names)('%s', name => {
  const files = readdirSync(join(folder, name)).filter(file => file.endsWith('.yaml'))
  const cases = files.map(file => readCase(join(folder, name, file)))

  it.each(cases)('$title', one => {
    const module = moduleMap.get(name)
    if (module?.kind !== 'host') throw new Error(`${name} is not a host module`)
    const bound = module.bind(one.args)
    expectPosix(bound.probe)
    const answer = one.answer.replace(/\n+$/, '')
    const look = () => bound.look(answer, one.asked ?? {sent: 0, came: 0})
    if (one.error !== undefined) return expect(look).toThrow(one.error)
    expect(seen(look())).toEqual(wanted(one))
  })
})

it('has cases for every module that looks at hosts', () => {
  const hostModules = modules.filter(module => module.kind === 'host').map(module => module.name)
  expect(hostModules.filter(name => !existsSync(join(folder, name)))).toEqual([])
})

function readCase(file: string): Case {
  return parse(readFileSync(file, 'utf8'))
}

function wanted({changes = [], steps = [], reverts = [], result = {}}: Case) {
  return {changes, steps, reverts, result}
}

function seen(plan: Plan) {
  for (const shell of [...plan.steps.filter(step => typeof step === 'string'), ...plan.reverts]) expectPosix(shell)
  return {changes: plan.changes, steps: plan.steps.map(plain), reverts: plan.reverts, result: plan.result(undefined)}
}

function plain(step: Step): unknown {
  if (typeof step === 'string' || typeof step.content === 'string' || 'sha256' in step.content) return step
  return {...step, content: Buffer.from(step.content).toString('base64')}
}

// dash is the strictest shell around: what it can read, every POSIX shell can.
function expectPosix(script: string) {
  const {status, stderr} = spawnSync('dash', ['-n'], {input: script, encoding: 'utf8'})
  expect({status, stderr, script}).toEqual({status: 0, stderr: '', script})
}
