import {execFileSync} from 'node:child_process'
import {once} from 'node:events'
import type {RunEvent} from '../../src/engine/events.ts'
import {makeReport} from '../../src/report/report.ts'
import {Mask} from '../../src/secrets/mask.ts'
import {finished, summary} from './events.ts'

/** Runs in a terminal of its own: plays the named scenario and rings the bell whenever the screen is worth a look. */
const scenarios: {readonly [name: string]: (stage: Stage) => Promise<void>} = {one, many, failure, interrupted, resized}

type Stage = {
  readonly listen: (...events: readonly RunEvent[]) => void
  /** Lets the clock go on. */
  readonly later: (ms: number) => void
  /** Waits until the list was drawn anew, then rings the bell. */
  readonly look: () => Promise<void>
}

async function one({listen, later, look}: Stage): Promise<void> {
  const task = 'Install Docker Engine and Compose from the distribution'
  listen({type: 'run-started', playbook: 'site.yml', hosts: ['chat1'], check: false})
  listen({type: 'play-started', play: 'Chatwoot', hosts: ['chat1']}, {type: 'looking', host: 'chat1', tasks: 41})
  await look()
  listen({type: 'task-started', host: 'chat1', task}, {type: 'notice', message: 'The images are stand-ins.'})
  later(12_300)
  await look()
  const changes = [{what: 'package docker.io', before: null, after: '26.1.5'}]
  listen(finished({host: 'chat1', task, status: 'changed', changes, ms: 12_300}), {
    type: 'host-finished',
    host: 'chat1',
  })
  await look()
  listen({type: 'run-finished', hosts: {chat1: summary({ok: 40, changed: 1, trips: 4})}, ms: 12_400, exit: 0})
}

async function many({listen, later, look}: Stage): Promise<void> {
  const hosts = Array.from({length: 60}, (_, index) => `web${index + 1}.example.org`)
  listen({type: 'run-started', playbook: 'site.yml', hosts, check: true})
  listen({type: 'play-started', play: 'All the web servers', hosts})
  for (const host of hosts.slice(0, 50)) listen({type: 'task-started', host, task: 'Write the configuration of nginx'})
  await look()
  later(65_000)
  const failed = {message: 'nginx: [emerg] unknown directive "servre" in /etc/nginx/nginx.conf:3', exitCode: 1}
  listen(
    finished({host: 'web55.example.org', task: 'Write the configuration of nginx', status: 'failed', failure: failed}),
    {type: 'host-finished', host: 'web55.example.org'},
  )
  for (const host of hosts.slice(0, 44)) listen({type: 'host-finished', host})
  await look()
  for (const host of hosts) listen({type: 'host-finished', host})
  await look()
}

async function failure({listen, look}: Stage): Promise<void> {
  const hosts = ['chat1', 'chat2', 'gone']
  listen(
    {type: 'run-started', playbook: 'site.yml', hosts, check: false},
    {type: 'play-started', play: 'Docker', hosts},
  )
  listen(
    {type: 'host-unreachable', host: 'gone', message: 'no answer within 10 s', hint: 'Is the host up?'},
    {type: 'task-started', host: 'chat1', task: 'Install Docker'},
    finished({
      host: 'chat1',
      task: 'Install Docker',
      status: 'failed',
      ms: 900,
      failure: {message: 'no such package sentinel-value'},
    }),
    {type: 'task-started', host: 'chat1', task: 'Clean up, always'},
    {type: 'host-finished', host: 'chat1'},
    {type: 'host-finished', host: 'chat2'},
  )
  await look()
  listen({type: 'play-started', play: 'Chatwoot', hosts: ['chat2']})
  listen({type: 'task-started', host: 'chat2', task: 'Say\nhello', item: 'ünïcode sentinel-value'})
  await look()
  listen({
    type: 'run-finished',
    hosts: {
      chat1: summary({failed: 1}),
      chat2: summary({ok: 2}),
      gone: summary({unreachable: 1, trips: 0}),
    },
    ms: 900,
    exit: 1,
  })
}

async function interrupted({listen, look}: Stage): Promise<void> {
  listen({type: 'play-started', play: 'Chatwoot', hosts: ['chat1']}, {type: 'connecting', host: 'chat1'})
  await look()
  process.kill(process.pid, 'SIGTERM')
  await new Promise(() => {})
}

async function resized({listen, look}: Stage): Promise<void> {
  const hosts = ['chat1', 'chat2']
  listen({type: 'notice', message: 'Before the list.'}, {type: 'play-started', play: 'Chatwoot', hosts})
  for (const host of hosts)
    listen({type: 'task-started', host, task: 'Install Docker Engine and Compose from the distribution'})
  await look()
  for (const [rows, columns] of [
    [10, 30],
    [12, 70],
  ]) {
    const heard = once(process.stdout, 'resize')
    execFileSync('stty', ['rows', `${rows}`, 'cols', `${columns}`], {stdio: 'inherit'})
    await heard
    process.stdout.write(`\u001B[8;${rows};${columns}t`)
    await look()
  }
}

async function main(name: string): Promise<void> {
  let clock = 0
  let asked = 0
  const now = () => {
    asked += 1
    return clock
  }
  const {stdout, stderr} = process
  const color = process.env.NO_COLOR === undefined
  const secrets = new Mask()
  secrets.add('sentinel-value')
  const mask = (text: string) => secrets.apply(text)
  const report = await makeReport({output: 'pretty', stdout, stderr, diff: false, verbosity: 0, color, mask, now})
  await scenarios[name]?.({
    listen: (...events) => events.forEach(event => void report.listen(event)),
    later: ms => {
      clock += ms
    },
    look: async () => {
      const before = asked
      while (asked < before + 3) await new Promise(resolve => setImmediate(resolve))
      stdout.write('\u0007')
      if (process.env.HOLD !== undefined) await new Promise(resolve => setTimeout(resolve, Number(process.env.HOLD)))
    },
  })
  await report.close()
}

await main(process.argv[2] ?? '')
