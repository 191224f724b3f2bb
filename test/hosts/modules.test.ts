import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {uploadScript} from '../../src/engine/upload.ts'
import type {Plan} from '../../src/module.ts'
import {moduleMap} from '../../src/modules/index.ts'
import {sandboxDown, sandboxUp} from '../../src/sandbox/sandbox.ts'
import {type Scenario, scenarios} from './module-scenarios.ts'
import {recordCase} from './record-case.ts'
import {SharedLogin} from './support/shared-login.ts'

const name = 'modules-test'
let login: SharedLogin

beforeAll(async () => {
  const [host] = await sandboxUp({names: [name], say: () => {}})
  if (!host) throw new Error('the sandbox gave no host')
  login = await SharedLogin.to(host)
})

afterAll(async () => {
  await login.close()
  await sandboxDown({names: [name], say: () => {}})
})

describe.each(scenarios)('$module: $title', scenario => {
  it('is changed, then in order, and looks so from outside', async () => {
    if (scenario.prepare !== undefined) await run(scenario.prepare)
    const first = await look(scenario, scenario.title)
    if (scenario.alreadyInOrder) expect(first.changes).toEqual([])
    else expect(first.changes).not.toEqual([])
    for (const step of first.steps) await run(typeof step === 'string' ? step : uploadScript(step))
    const second = await look(scenario, `${scenario.title}, and is in order afterwards`)
    expect(second.changes.filter(change => !change.unseen)).toEqual([])
    if (scenario.see !== undefined) expect((await run(scenario.see)).trimEnd()).toBe(scenario.seen)
  })
})

async function look({module: word, args, action, alreadyInOrder}: Scenario, title: string): Promise<Plan> {
  const module = moduleMap.get(word)
  if (module?.kind !== 'host') throw new Error(`${word} is not a host module`)
  const bound = module.bind(args)
  const sent = Date.now()
  const answer = await run(`a=$( { :\n${bound.probe}\n} </dev/null ); printf '%s' "$a"`)
  const plan = bound.look(answer, {sent, came: Date.now()})
  const isNew = !title.endsWith('afterwards') || !(action || alreadyInOrder)
  if (isNew) recordCase(word, title, args, answer, plan)
  return plan
}

/** Runs a script as root on the host, over plain ssh. */
async function run(script: string): Promise<string> {
  const environment = 'export LC_ALL=C.UTF-8 PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"; umask 022\n'
  const {exit, stdout, stderr} = await login.run(`${environment}( ${script}\n) </dev/null`)
  if (exit !== 0) throw new Error(`exit ${exit}: ${stderr}\n${stdout.slice(-2000)}\nof: ${script}`)
  return stdout
}
