import {expect, test} from 'vitest'
import type {NotReached, RunEvent} from '../../src/engine/events.ts'
import {page} from '../../src/report/page/page.ts'
import {summary} from './events.ts'
import {reported} from './reported.ts'

const source = {file: 'playbooks/site.yml', line: 12, column: 5}
const task = (number: number): NotReached => ({
  task: `Task ${number} of sentinel-value`,
  module: 'copy',
  item: 'sentinel-value',
  mark: 'change',
  changes: [
    {what: 'content', before: 'A=1\nPASSWORD=old\n', after: 'A=1\nPASSWORD=sentinel-value\n'},
    {what: 'mode', before: '0644', after: '0600'},
  ],
  source,
})

/** A run of a plan that did nothing of it. */
const run = (tasks: readonly NotReached[]): RunEvent[] => [
  {type: 'run-started', playbook: 'playbooks/site.yml', hosts: ['chat1'], check: false},
  {type: 'play-started', play: 'Chatwoot', hosts: ['chat1']},
  {type: 'not-reached', host: 'chat1', tasks},
  {type: 'run-finished', hosts: {chat1: summary({failed: 1})}, ms: 1, exit: 1},
]
const others: readonly NotReached[] = [
  {task: 'Read it', module: 'command', mark: 'run', changes: [], source},
  {task: 'Made of it', module: 'copy', mark: 'unknown', changes: [], source},
  {task: 'Hidden', module: 'copy', mark: 'change', changes: [], source},
]

test.each(['plain', 'json', 'jsonl', 'junit'] as const)(
  'what was not reached is told, without secrets: %s',
  async output => {
    const {stdout, stderr} = await reported({output}, run([task(1), ...others]))
    expect(stdout).toMatchSnapshot()
    expect(stdout + stderr).not.toContain('sentinel-value')
  },
)

test('of a long plan ten are named, and all of them with their changes when more is asked for', async () => {
  const long = run(Array.from({length: 12}, (_, index) => task(index)))
  expect((await reported({output: 'plain'}, long)).stdout).toMatchSnapshot()
  const {stdout} = await reported({output: 'plain', verbosity: 1}, long)
  expect(stdout.match(/^not reached/gm)).toHaveLength(12)
  expect(stdout.match(/^ {2}mode: 0644 -> 0600$/gm)).toHaveLength(12)
})

test('the page of a run has it, from one document and from lines', async () => {
  const pages = (['json', 'jsonl'] as const).map(async output => {
    const {stdout} = await reported({output}, run([task(1), ...others]))
    const html = page(stdout, 'run.json')
    return html.slice(html.indexOf('<h2>Of the plan'), html.indexOf('<h2>Hosts'))
  })
  const [one, other] = await Promise.all(pages)
  expect(one).toMatchSnapshot()
  expect(other).toBe(one)
})
