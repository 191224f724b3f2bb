import {spawnSync} from 'node:child_process'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {uploadScript} from '../../src/engine/upload.ts'
import type {Plan} from '../../src/module.ts'
import {moduleMap} from '../../src/modules/index.ts'
import {type SandboxHost, sandboxDown, sandboxList, sandboxUp} from '../../src/sandbox/sandbox.ts'
import {type Scenario, scenarios} from './module-scenarios.ts'
import {recordCase} from './record-case.ts'

const name = 'modules'
let host: SandboxHost
let wasRunning = false

beforeAll(async () => {
  wasRunning = (await sandboxList()).some(one => one.name === name && one.running)
  const [up] = await sandboxUp({names: [name], say: () => {}})
  if (!up) throw new Error('the sandbox gave no host')
  host = up
})

afterAll(async () => {
  if (!wasRunning) await sandboxDown({names: [name], say: () => {}})
})

describe.each(scenarios)('$module: $title', scenario => {
  it('is changed, then in order, and looks so from outside', () => {
    if (scenario.prepare !== undefined) run(scenario.prepare)
    const first = look(scenario, scenario.title)
    if (scenario.alreadyInOrder) expect(first.changes).toEqual([])
    else expect(first.changes).not.toEqual([])
    for (const step of first.steps) run(typeof step === 'string' ? step : uploadScript(step))
    const second = look(scenario, `${scenario.title}, and is in order afterwards`)
    expect(second.changes.filter(change => !change.unseen)).toEqual([])
    if (scenario.see !== undefined) expect(run(scenario.see).trimEnd()).toBe(scenario.seen)
  })
})

function look({module: word, args, action, alreadyInOrder}: Scenario, title: string): Plan {
  const module = moduleMap.get(word)
  if (module?.kind !== 'host') throw new Error(`${word} is not a host module`)
  const bound = module.bind(args)
  const answer = run(`a=$( { :\n${bound.probe}\n} </dev/null ); printf '%s' "$a"`)
  const plan = bound.look(answer)
  const isNew = !title.endsWith('afterwards') || !(action || alreadyInOrder)
  if (isNew) recordCase(word, title, args, answer, plan)
  return plan
}

/** Runs a script as root on the host, over plain ssh. */
function run(script: string): string {
  const options = [
    '-F',
    'none',
    '-i',
    host.keyFile,
    '-o',
    `UserKnownHostsFile=${host.knownHostsFile}`,
    '-o',
    'LogLevel=ERROR',
    '-o',
    'ConnectTimeout=10',
    '-o',
    'ServerAliveInterval=10',
  ]
  const environment = 'export LC_ALL=C.UTF-8 PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"; umask 022\n'
  const {status, stdout, stderr} = spawnSync(
    'ssh',
    [...options, '-p', String(host.port), `root@${host.address}`, 'sh'],
    {
      input: `${environment}( ${script}\n) </dev/null`,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  )
  if (status !== 0) throw new Error(`exit ${status}: ${stderr}\n${stdout.slice(-2000)}\nof: ${script}`)
  return stdout
}
