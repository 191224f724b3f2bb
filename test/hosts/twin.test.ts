import {readdirSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {TwinLab} from './support/twin-lab.ts'
import {runsOf} from './support/twin-runs.ts'

/**
 * Real Ansible is the oracle: the same playbook is run by Debian's ansible on one host and by provision on its twin. The same
 * must become of each task, and both hosts must be the same afterwards. docs/differences.md tells what differs on purpose.
 */
const playbooks = readdirSync(join(import.meta.dirname, 'twins')).filter(name => name.endsWith('.yml'))
const lab = new TwinLab({
  folder: 'twins',
  // What Ansible's modules need on their host. The twin gets the same, so that they stay twins.
  packages:
    'python3 python3-apt python3-debian python3-cryptography cron acl git zip unzip gnupg openssl ufw iptables locales',
  state: ['state.sh'],
})

/** Whose last run does not leave the host as it was: they keep a log of what they did. */
const restless = ['files.yml', 'flow.yml', 'services.yml']

beforeAll(() => lab.start(['twin-test-ansible', 'twin-test-ours']))
afterAll(() => lab.stop())

describe.each(playbooks)('%s', name => {
  const runs = runsOf(name)
  let before = ''
  test.each(runs.map((words, index) => ({words, run: index + 1})))(
    'run $run does the same as with Ansible, and leaves the same host',
    async ({words, run}) => {
      const [theirs, ours] = await Promise.all([lab.byAnsible(name, words), lab.byUs(name, words)])
      expect.soft(ours.run).toEqual(theirs.run)
      expect.soft(ours.state).toEqual(theirs.state)
      if (run === runs.length && !restless.includes(name))
        expect.soft(ours.state, 'the last run leaves the host as it was').toEqual(before)
      before = ours.state
    },
  )
})
