import {readdirSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {type SandboxHost, sandboxDown, sandboxUp} from '../../src/sandbox/sandbox.ts'
import {execute, Workplace} from './support/command.ts'
import {onHost} from './support/look.ts'
import {byAnsible, ofReport, stateOf} from './support/twin.ts'

/**
 * Real Ansible is the oracle: the same playbook is run by Debian's ansible on one host and by provision on its twin. The same
 * must become of each task, and both hosts must be the same afterwards.
 */
const folder = join(import.meta.dirname, 'twins')
const playbooks = readdirSync(folder).filter(name => /^(reach|background).yml/.test(name))
const names = ['far2-ansible', 'far2-ours']
const place = new Workplace()
let theirs: SandboxHost
let ours: SandboxHost

beforeAll(async () => {
  const present = await execute('sh', ['-c', 'command -v ansible-playbook'])
  if (present.exit !== 0) {
    console.log('installing Debian package ansible')
    await execute('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'ansible'], {seconds: 600})
  }
  const [one, other] = await sandboxUp({names, say: line => console.log(line)})
  if (!one || !other) throw new Error('no hosts')
  ;[theirs, ours] = [one, other]
  place.write('hosts.yml', `all: {hosts: {${ours.name}: {ansible_connection: sandbox, ansible_user: root}}}\n`)
  // Ansible needs Python on its host; its twin gets the same, so that they stay twins.
  const install =
    'DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3 python3-apt >/dev/null 2>&1'
  await Promise.all([theirs, ours].map(host => onHost(host, install)))
})

afterAll(async () => {
  await sandboxDown({names, say: () => {}})
  place.remove()
})

describe.each(playbooks)('%s', name => {
  const playbook = join(folder, name)
  const byUs = async () => ofReport(await place.report(['--inventory', 'hosts.yml', playbook]))

  test('does the same as with Ansible, and leaves the same host', async () => {
    const expected = await byAnsible(theirs, playbook)
    expect(await byUs()).toEqual(expected)
    expect(await stateOf(ours)).toEqual(await stateOf(theirs))
  })

  test('does the same the second time', async () => {
    const expected = await byAnsible(theirs, playbook)
    expect(await byUs()).toEqual(expected)
    expect(await stateOf(ours)).toEqual(await stateOf(theirs))
  })
})
