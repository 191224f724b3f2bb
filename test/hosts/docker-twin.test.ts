import {readdirSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {loadStandIn} from './support/stand-in-image.ts'
import {TwinLab} from './support/twin-lab.ts'

/**
 * The modules of Docker beside those of community.docker, as Debian has them: what becomes of each task, and what Docker says
 * afterwards of containers, networks, volumes and images. The last run of a playbook leaves the host as it was.
 */
const playbooks = readdirSync(join(import.meta.dirname, 'twins/docker')).filter(name => name.endsWith('.yml'))
const lab = new TwinLab({
  folder: 'twins/docker',
  packages: 'python3 docker.io python3-docker docker-registry apache2-utils',
  state: ['docker-state.sh'],
})

beforeAll(async () => {
  await lab.start(['docker-twin-test-ansible', 'docker-twin-test-ours'])
  await loadStandIn('redis:7.4-alpine', lab.hosts)
})
afterAll(() => lab.stop())

describe.each(playbooks)('%s', name => {
  let before = ''
  test.each([1, 2])('run %i does the same as with Ansible, and leaves the same host', async run => {
    const [theirs, ours] = await Promise.all([lab.byAnsible(name, []), lab.byUs(name, [])])
    expect.soft(ours.run).toEqual(theirs.run)
    expect.soft(Object.values(ours.run).map(({counts}) => counts.failed)).toEqual([0])
    expect.soft(ours.state).toEqual(theirs.state)
    if (run === 2) expect.soft(ours.state, 'the last run leaves the host as it was').toEqual(before)
    before = ours.state
  })
})
