import {expect, test} from 'vitest'
import type {DriftRecord} from '../../src/report/drift-record.ts'
import {driftJunit} from '../../src/report/junit-drift.ts'
import {finished, summary, wholeRun} from './events.ts'
import {reported} from './reported.ts'

test('junit has a testsuite per host and a testcase per task', async () => {
  const {stdout, stderr} = await reported({output: 'junit'}, wholeRun())
  expect(stdout).toMatchSnapshot()
  expect(stdout + stderr).not.toContain('sentinel-value')
})

test('junit stays a document whatever hosts and tasks are called', async () => {
  const evil = `"><failure/>&]]>\u0000\u001B[31m\uFFFF\uD800'`
  const {stdout} = await reported({output: 'junit'}, [
    {type: 'run-started', playbook: evil, hosts: [evil], check: false},
    {type: 'play-started', play: evil, hosts: [evil]},
    finished({host: evil, task: evil, status: 'failed', failure: {message: evil, stderr: evil}}),
    {type: 'run-finished', hosts: {[evil]: summary({failed: 1})}, ms: 1, exit: 1},
  ])
  expect(stdout).toMatchSnapshot()
})

test('a run that was cut short is no success in junit', async () => {
  const {stdout} = await reported({output: 'junit'}, wholeRun().slice(0, 4))
  expect(stdout).toMatchSnapshot()
})

test('junit of drift fails for each thing that drifted', () => {
  expect(driftJunit(found)).toMatchSnapshot()
})

const place = {file: 'playbooks/site.yml', line: 12}
const found: DriftRecord = {
  version: 1,
  time: '2026-03-01T06:00:00.000Z',
  playbook: 'playbooks/site.yml',
  hosts: {
    chat1: {state: 'drifted', trips: 1},
    chat2: {state: 'in order', trips: 1},
    gone: {state: 'unreachable', trips: 0, message: 'no answer', hint: 'Is the host up?'},
  },
  drifted: [
    {
      ...place,
      host: 'chat1',
      kind: 'configuration',
      task: 'Write the environment',
      module: 'template',
      item: 'web',
      changes: [{what: 'content', before: 'A=<1>\n', after: 'A=2\n'}],
    },
    {...place, host: 'chat1', kind: 'configuration', task: 'Keep', module: 'copy', changes: [], hidden: true},
    {
      ...place,
      host: 'chat1',
      kind: 'runtime',
      task: 'Room',
      module: 'disk_space',
      changes: [],
      message: '/ has 5 MB',
      hint: 'Make room.',
    },
  ],
  ms: 1200,
  exit: 2,
}
