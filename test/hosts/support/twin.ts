import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import type {SandboxHost} from '../../../src/sandbox/sandbox.ts'
import {execute, type RunReport} from './command.ts'
import {onHost} from './look.ts'

/** How one task ended on a host: `title: status`, after it that of each item of a loop; where that is compared, too, what `debug` said. */
type Ended = string

/** What a run did: how each task ended, and Ansible's counts, by host. */
export type Run = {readonly [host: string]: {readonly tasks: readonly Ended[]; readonly counts: Counts}}

type Counts = {readonly [count in (typeof counts)[number]]: number}

/** What a run did, and whether all went well. */
export type Ran = {readonly run: Run; readonly well: boolean}

type Status = (typeof counts)[number]

const counts = ['ok', 'changed', 'failed', 'skipped', 'rescued', 'ignored', 'unreachable'] as const

type Result = {
  readonly changed?: boolean
  readonly skipped?: boolean
  readonly failed?: boolean
  readonly unreachable?: boolean
  readonly results?: readonly Result[]
  readonly ansible_loop_var?: string
  readonly action?: string
  readonly msg?: unknown
}

type AnsibleReport = {
  readonly plays: readonly {
    readonly tasks: readonly {
      readonly task: {readonly name: string}
      readonly hosts: {readonly [host: string]: Result}
    }[]
  }[]
  readonly stats: {readonly [host: string]: {readonly [count: string]: number}}
}

/** Where connections are kept, how hosts are known, and whether what `debug` says is compared. */
type Place = {readonly folder: string; readonly knownHostsFile: string; readonly isTold?: boolean}

/** Runs Debian's Ansible, whose connections lie in a folder; says how each task ended. Throws what Ansible said when that cannot be read. */
export async function byAnsible(
  words: readonly string[],
  {folder, knownHostsFile, isTold = false}: Place,
): Promise<Ran> {
  const environment = {
    ...process.env,
    ANSIBLE_STDOUT_CALLBACK: 'json',
    ANSIBLE_SSH_ARGS: `-F none -o UserKnownHostsFile=${knownHostsFile} -o StrictHostKeyChecking=yes -o ControlMaster=auto -o ControlPersist=60`,
    // A connection that Ansible keeps must not be taken for one to a later host of the same address.
    ANSIBLE_SSH_CONTROL_PATH_DIR: join(folder, 'connections'),
    ANSIBLE_PIPELINING: 'True',
    ANSIBLE_DEPRECATION_WARNINGS: 'False',
    ANSIBLE_PYTHON_INTERPRETER: '/usr/bin/python3',
  }
  const ran = await execute('ansible-playbook', words, {seconds: 300, environment})
  const start = ran.stdout.indexOf('{')
  if (start < 0) throw new Error(`ansible-playbook: ${ran.stdout}${ran.stderr}`)
  return {run: ofAnsible(JSON.parse(ran.stdout.slice(start)), isTold), well: ran.exit === 0}
}

function ofAnsible({plays, stats}: AnsibleReport, isTold: boolean): Run {
  const all = plays.flatMap(play => play.tasks)
  return Object.fromEntries(
    Object.entries(stats).map(([host, stat]) => {
      const results = all.flatMap(({task, hosts}) => (hosts[host] ? [{name: task.name, result: hosts[host]}] : []))
      const tasks = results.filter(({result}) => !isInclude(result) && result.action !== 'meta')
      const ended = tasks.map(({name, result}) => `${name}: ${statuses(result)}${isTold ? said(result) : ''}`)
      const includes = results.flatMap(({result}) => (isInclude(result) ? whatIsCounted(result) : []))
      const counted = countsOf({...stat, failed: stat.failures ?? 0})
      return [host, {tasks: reached(ended, stat), counts: less(counted, includes)}]
    }),
  )
}

/** That a host is out of reach is told of a task by Ansible, and of the host by us. */
function reached(tasks: readonly Ended[], {unreachable = 0}: {readonly [count: string]: number}): readonly Ended[] {
  return unreachable > 0 ? tasks.slice(0, -1) : tasks
}

/** What `debug` said, for each item of a loop. */
function said(result: Result): string {
  if (result.action !== 'debug' || status(result) !== 'ok') return ''
  const items = itemsOf(result)
  return `, ${(items.length > 0 ? items : [result]).map(({msg}) => msg).join(' | ')}`
}

/** An include is nothing that is done on a host: only Ansible tells it, and counts it, but not that of a role, unless it is left out. */
function isInclude({action}: Result): boolean {
  return action !== undefined && /^(ansible\.builtin\.)?include(_tasks|_role)?$/.test(action)
}

function whatIsCounted(result: Result): readonly Status[] {
  const items = itemsOf(result).map(status)
  if (/include_role$/.test(result.action ?? '') && status(result) !== 'skipped') return []
  return items.includes('ok') ? items.filter(item => item === 'ok') : [status(result)]
}

function less(counted: Counts, statuses: readonly Status[]): Counts {
  const left = counts.map(count => [count, counted[count] - statuses.filter(one => one === count).length])
  return Object.fromEntries(left) as Counts
}

function statuses(result: Result): string {
  const items = itemsOf(result)
  return [status(result), ...(items.length > 0 ? [`(${items.map(status).join(' ')})`] : [])].join(' ')
}

/** The results of a loop's items; none when there was no loop. */
function itemsOf(result: Result): readonly Result[] {
  return result.results?.filter(item => item.ansible_loop_var !== undefined) ?? []
}

function status({failed, unreachable, skipped, changed}: Result): Status {
  return unreachable ? 'unreachable' : failed ? 'failed' : skipped ? 'skipped' : changed ? 'changed' : 'ok'
}

/** The same of our own report. */
export function ofReport({tasks, hosts, exit}: RunReport, isTold = false): Ran {
  const run = Object.entries(hosts).map(([host, summary]) => {
    const own = tasks.filter(task => task.host === host)
    return [host, {tasks: endedOf(own, isTold), counts: countsOf(summary)}] as const
  })
  // Ansible knows nothing of hosts whose turn did not come.
  const begun = run.filter(([, {counts: counted}]) => Object.values(counted).some(count => count > 0))
  return {run: Object.fromEntries(begun), well: exit === 0}
}

function endedOf(tasks: RunReport['tasks'], isTold: boolean): readonly Ended[] {
  const ended: {task: string; place: string; items: string[]; loop: boolean; said: string[]}[] = []
  for (const {task, status, item, line, file, module, message} of tasks) {
    const place = `${file}:${line}`
    const last = ended.at(-1)
    const same = ['rescued', 'ignored'].includes(status) ? 'failed' : status
    const said = isTold && module === 'debug' && same === 'ok' ? [String(message)] : []
    if (last && item !== undefined && last.place === place && last.task === task) {
      last.items.push(same)
      last.said.push(...said)
    } else ended.push({task, place, items: [same], loop: item !== undefined, said})
  }
  return ended.map(({task, items, loop, said}) => {
    const words = said.length > 0 ? `, ${said.join(' | ')}` : ''
    return `${task}: ${whole(items)}${loop ? ` (${items.join(' ')})` : ''}${words}`
  })
}

function whole(statuses: readonly string[]): string {
  const order = ['unreachable', 'failed', 'changed', 'ok']
  return order.find(status => statuses.includes(status)) ?? 'skipped'
}

function countsOf(stats: {readonly [count: string]: number}): Counts {
  return Object.fromEntries(counts.map(count => [count, stats[count] ?? 0])) as Counts
}

/** Everything of a host that playbooks change, as text, told by scripts beside this file. */
export async function stateOf(host: SandboxHost, scripts: readonly string[]): Promise<string> {
  return onHost(host, scripts.map(name => readFileSync(new URL(name, import.meta.url), 'utf8')).join('\n'))
}
