import {readFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {SandboxHost} from '../../../src/sandbox/sandbox.ts'
import {execute, type RunReport} from './command.ts'
import {onHost} from './look.ts'

/** How one task ended on a host; `item` results of a loop are one. */
export type Ended = `${string}: ${'ok' | 'changed' | 'skipped' | 'failed' | 'ignored'}`

type AnsibleTask = {
  readonly task: {readonly name: string}
  readonly hosts: {
    readonly [host: string]: {readonly changed?: boolean; readonly skipped?: boolean; readonly failed?: boolean}
  }
}

/** Runs a playbook by Debian's Ansible on one host; says how each task ended. Throws what Ansible said when that cannot be read. */
export async function byAnsible(host: SandboxHost, playbook: string): Promise<readonly Ended[]> {
  const ssh = `-F none -o UserKnownHostsFile=${host.knownHostsFile} -o StrictHostKeyChecking=yes -o ControlMaster=auto -o ControlPersist=60`
  const variables = [
    `ansible_host=${host.address}`,
    'ansible_user=root',
    `ansible_ssh_private_key_file=${host.keyFile}`,
  ]
  const inventory = `${host.name},`
  const environment = {
    ...process.env,
    ANSIBLE_STDOUT_CALLBACK: 'json',
    ANSIBLE_SSH_ARGS: ssh,
    // A connection that Ansible keeps must not be taken for one to a later host of the same address.
    ANSIBLE_SSH_CONTROL_PATH_DIR: join(tmpdir(), `twin-${process.pid}`),
    ANSIBLE_PIPELINING: 'True',
    ANSIBLE_DEPRECATION_WARNINGS: 'False',
    ANSIBLE_PYTHON_INTERPRETER: '/usr/bin/python3',
  }
  const words = ['-i', inventory, ...variables.flatMap(one => ['-e', one]), playbook]
  const ran = await execute('ansible-playbook', words, {seconds: 300, environment})
  return endedOf(ran.stdout, host.name, ran.stderr)
}

function endedOf(stdout: string, host: string, stderr: string): readonly Ended[] {
  const start = stdout.indexOf('{')
  if (start < 0) throw new Error(`ansible-playbook: ${stdout}${stderr}`)
  const {plays} = JSON.parse(stdout.slice(start)) as {plays: {tasks: AnsibleTask[]}[]}
  return plays
    .flatMap(play => play.tasks)
    .flatMap(({task, hosts}) => {
      const result = hosts[host]
      if (!result) return []
      return [
        `${task.name}: ${result.failed ? 'failed' : result.skipped ? 'skipped' : result.changed ? 'changed' : 'ok'}` as Ended,
      ]
    })
}

/** The same of our own report. */
export function ofReport(report: RunReport): readonly Ended[] {
  const ended: {task: string; place: string; statuses: string[]}[] = []
  for (const {task, status, item, line, file} of report.tasks) {
    const place = `${file}:${line}`
    const last = ended.at(-1)
    if (last && item !== undefined && last.place === place && last.task === task) last.statuses.push(status)
    else ended.push({task, place, statuses: [status]})
  }
  return ended.map(({task, statuses}) => `${task}: ${whole(statuses)}` as Ended)
}

function whole(statuses: readonly string[]): string {
  if (statuses.some(status => ['failed', 'rescued', 'ignored'].includes(status))) return 'failed'
  if (statuses.includes('changed')) return 'changed'
  return statuses.every(status => status === 'skipped') ? 'skipped' : 'ok'
}

/** Everything of a host that playbooks change, as text: files with type, mode, owner, content; packages; units; people; jobs. */
export async function stateOf(host: SandboxHost): Promise<string> {
  return onHost(host, readFileSync(new URL('state.sh', import.meta.url), 'utf8'))
}
