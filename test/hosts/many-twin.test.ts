import {readdirSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {ManyLab} from './support/many-lab.ts'

/**
 * What one host's failure means for others, what runs once, which hosts take their turns together: real Ansible is the oracle for that,
 * too. These playbooks leave nothing behind, so that both run on the same hosts.
 */
const playbooks = readdirSync(join(import.meta.dirname, 'twins/many')).filter(name => name.endsWith('.yml'))
const lab = new ManyLab()

beforeAll(() => lab.start())
afterAll(() => lab.stop())

test.each(playbooks)('%s ends the same on each host as with Ansible', async playbook => {
  const theirs = await lab.byAnsible(playbook)
  expect(await lab.byUs(playbook)).toEqual(theirs)
})
