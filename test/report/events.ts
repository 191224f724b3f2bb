import type {HostSummary, RunEvent, TaskResult} from '../../src/engine/events.ts'

/** The event of a finished task, with plain defaults. */
export function finished(fields: Partial<TaskResult> & Pick<TaskResult, 'host' | 'task'>): RunEvent {
  const source = {file: 'playbooks/site.yml', line: 12, column: 5}
  const plain = {module: 'apt', status: 'ok', changes: [], source, ms: 0, noLog: false} as const
  return {type: 'task-finished', result: {...plain, ...fields}}
}

/** Counts of a host, all zero but those that are given. */
export function summary(fields: Partial<HostSummary>): HostSummary {
  const none = {ok: 0, changed: 0, failed: 0, skipped: 0, rescued: 0, ignored: 0, unreachable: 0, trips: 2}
  return {...none, ...fields}
}

/** A run with everything in it: changes, a diff, an item, a skip, a message, a failure, an unreachable host. */
export function wholeRun(check = false): RunEvent[] {
  return [
    {type: 'run-started', playbook: 'playbooks/site.yml', hosts: ['chat1', 'mail-out', 'gone'], check},
    {type: 'notice', message: 'The images are stand-ins.'},
    {type: 'play-started', play: 'Chatwoot', hosts: ['chat1', 'mail-out', 'gone']},
    {type: 'connecting', host: 'chat1'},
    {type: 'looking', host: 'chat1', tasks: 7},
    finished({host: 'chat1', task: 'Wait for apt'}),
    {type: 'task-started', host: 'chat1', task: 'Install Docker'},
    finished({
      host: 'chat1',
      task: 'Install Docker',
      status: 'changed',
      changes: [{what: 'package docker.io', before: null, after: '26.1.5'}],
      ms: 41_230,
    }),
    {
      type: 'host-unreachable',
      host: 'gone',
      message: 'no answer from 192.0.2.9 port 22 within 10 s',
      hint: 'Is the host up? Try: ssh -p 22 root@192.0.2.9',
    },
    {type: 'task-started', host: 'chat1', task: 'Write the environment', item: 'web'},
    finished({
      host: 'chat1',
      task: 'Write the environment',
      module: 'template',
      item: 'web',
      status: 'changed',
      changes: [
        {what: 'content', before: 'A=1\nB=2\nPASSWORD=old\n', after: 'A=1\nB=3\nPASSWORD=sentinel-value\n'},
        {what: 'mode', before: '0644', after: '0600'},
      ],
      ms: 310,
    }),
    finished({
      host: 'chat1',
      task: 'Make a swap file',
      module: 'command',
      status: 'skipped',
      message: 'when: ram < 2048 is false',
    }),
    finished({
      host: 'chat1',
      task: 'Old volume',
      status: 'ignored',
      ms: 12,
      failure: {message: 'no such volume', exitCode: 1},
    }),
    finished({host: 'chat1', task: 'Show the address', module: 'debug', message: 'https://chat.example.org'}),
    finished({host: 'chat1', task: 'Keep quiet', status: 'changed', noLog: true, ms: 20}),
    finished({
      host: 'mail-out',
      task: 'Prepare the database',
      module: 'command',
      status: 'failed',
      ms: 3_400,
      source: {file: 'playbooks/tasks/database.yml', line: 31, column: 7},
      failure: {
        message: 'the command ended with exit code 1',
        command: 'docker compose run --rm web rails db:chatwoot_prepare --password=sentinel-value',
        exitCode: 1,
        stderr: `${Array.from({length: 25}, (_, index) => `\u001B[31mline ${index + 1}\u001B[0m`).join('\n')}\n`,
        stdout: 'Pulling 10%\rPulling 100%\nrails aborted!\n',
        hint: 'See the log of the service postgres.',
      },
    }),
    {type: 'host-finished', host: 'mail-out'},
    {type: 'host-finished', host: 'chat1'},
    {
      type: 'run-finished',
      hosts: {
        chat1: summary({ok: 12, changed: 3, skipped: 1, ignored: 1, trips: 4}),
        'mail-out': summary({ok: 3, failed: 1}),
        gone: summary({unreachable: 1, trips: 0}),
      },
      ms: 123_400,
      exit: 1,
    },
  ]
}
