import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {type SandboxHost, sandboxDown, sandboxUp} from '../../src/sandbox/sandbox.ts'
import {type RunReport, Workplace} from './support/command.ts'
import {onHost} from './support/look.ts'

const name = 'plan-test'
const place = new Workplace()
let host: SandboxHost

beforeAll(async () => {
  const [made] = await sandboxUp({names: [name], say: line => console.log(line)})
  if (!made) throw new Error('no host')
  host = made
  place.write('hosts.yml', `all: {hosts: {${name}: {ansible_connection: sandbox}}}\n`)
  place.write(
    'play.yml',
    `- hosts: all
  become: true
  gather_facts: false
  tasks:
    - name: Folder
      file: {path: /srv/plan, state: directory}
${Array.from({length: 29}, (_, index) => `    - name: File ${index}\n      copy: {content: "one\\n", dest: /srv/plan/${index}}\n`).join('')}`,
  )
})

afterAll(async () => {
  await sandboxDown({names: [name], say: () => {}})
  place.remove()
})

const plan = () => place.provision(['plan', '-i', 'hosts.yml', 'play.yml', '--out', 'plan.json'])
const apply = (): Promise<RunReport> => place.report(['apply', 'plan.json'])
const failed = (report: RunReport) => report.tasks.filter(task => task.status === 'failed').map(({task}) => task)

describe('a plan of 30 tasks', () => {
  test('is refused when the host was changed by hand since, and nothing is done', async () => {
    expect((await plan()).exit).toBe(2)
    await onHost(host, 'mkdir -p /srv/plan && echo by hand >/srv/plan/7')
    const report = await apply()
    expect(failed(report)).toEqual(['Folder', 'File 7'])
    expect(report.tasks.at(-1)?.changes).toEqual([{what: 'content', before: null, after: 'by hand\n'}])
    expect(report.exit).toBe(1)
    expect(await onHost(host, 'ls /srv/plan; cat /srv/plan/7')).toBe('7\nby hand')
  })

  test('made again is done in two trips, after which there is nothing to do', async () => {
    expect((await plan()).exit).toBe(2)
    const report = await apply()
    expect(failed(report)).toEqual([])
    expect(report.exit).toBe(0)
    expect(report.hosts[name]).toMatchObject({ok: 30, changed: 29, trips: 2})
    expect((await plan()).exit).toBe(0)
    const idle = await apply()
    expect(idle.hosts[name]).toMatchObject({ok: 30, changed: 0, trips: 1})
    expect(idle.exit).toBe(0)
  })

  test('has drifted when one file is another, and says which', async () => {
    await onHost(host, 'echo by hand >/srv/plan/3')
    const drift = await place.provision(['drift', '-i', 'hosts.yml', 'play.yml', '--output', 'json'])
    expect(drift.exit).toBe(2)
    const found: {task: string; kind: string}[] = JSON.parse(drift.stdout).drifted
    expect(found.map(({task, kind}) => `${kind}: ${task}`)).toEqual(['configuration: File 3'])
  })
})
