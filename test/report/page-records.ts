import {wholeRun} from './events.ts'
import {reported} from './reported.ts'

/** A run as --output jsonl prints it. */
export async function runLines(): Promise<string> {
  return (await reported({output: 'jsonl'}, wholeRun())).stdout
}

const place = {file: 'playbooks/site.yml', line: 12}

/** A history of drift: in order, drifted, skipped, and a host that was not reached. */
export const history = [
  {
    version: 1,
    time: '2026-03-01T00:00:00.000Z',
    state: 'clean',
    hosts: {chat1: 'clean', mail: 'clean'},
    drifted: [],
    ms: 800,
  },
  {
    version: 1,
    time: '2026-03-01T06:00:00.000Z',
    state: 'drifted',
    hosts: {chat1: 'drifted', mail: 'clean'},
    drifted: [
      {
        ...place,
        host: 'chat1',
        kind: 'configuration',
        task: 'Write the environment',
        item: 'web',
        changes: [{what: 'content', before: 'A=<1>\nB=1\n', after: 'A=2\nB=1\n'}],
      },
      {...place, host: 'chat1', kind: 'runtime', task: 'Room', changes: [], message: '/ has 5 MB'},
      {...place, host: 'chat1', kind: 'configuration', task: 'Keep', changes: [], hidden: true},
    ],
    ms: 900,
  },
  {
    version: 1,
    time: '2026-03-01T12:00:00.000Z',
    state: 'skipped',
    hosts: {},
    drifted: [],
    ms: 0,
    message: 'another look at these hosts is still under way',
  },
  {
    version: 1,
    time: '2026-03-01T18:00:00.000Z',
    state: 'unreachable',
    hosts: {chat1: 'drifted', mail: 'unreachable'},
    drifted: [{...place, host: 'chat1', kind: 'runtime', task: 'Room', changes: [], message: '/ has 4 MB'}],
    ms: 10_400,
  },
] as const

/** The history as JSON lines. */
export const historyLines = history.map(look => JSON.stringify(look)).join('\n')
