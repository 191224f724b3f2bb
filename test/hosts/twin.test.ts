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
const lab = new TwinLab()

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
      if (run === runs.length) expect.soft(ours.state, 'the last run leaves the host as it was').toEqual(before)
      before = ours.state
    },
  )
})
