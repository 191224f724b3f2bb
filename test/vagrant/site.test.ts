import {release} from 'node:os'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {type RunReport, Workplace} from '../hosts/support/command.ts'
import {firstMessage, https, openPorts} from '../hosts/support/look.ts'
import {until} from '../hosts/support/until.ts'
import {
  earlyPort,
  firstProcess,
  listenEarly,
  machinePlaybook,
  rebootPlaybook,
  started,
  stateOfUnits,
} from './support/scenes.ts'
import {address, clockIsSet, inventory, name, onMachine, restore} from './support/virtual-machine.ts'
import {portsSeenDuring} from './support/watch-ports.ts'

const domain = 'chat.vagrant.test'
const place = new Workplace()
const machine = {address}
const ports = [21, 22, 25, 53, 80, 111, 443, 2375, 3000, 5432, 6379, 7433, 8080, earlyPort]

beforeAll(async () => {
  place.write('vagrant.yml', inventory())
  place.write('machine.yml', machinePlaybook)
  place.write('reboot.yml', rebootPlaybook)
  await restore('bare')
})

afterAll(() => place.remove())

// A machine in software emulation takes its time: seconds.
const [slow, slowest] = [900, 1800]

const site = (...more: readonly string[]): Promise<RunReport> =>
  place.report(['--inventory', 'vagrant.yml', ...more], slowest)

const changed = (report: RunReport) =>
  report.tasks.filter(task => task.status === 'changed').map(({task, item}) => (item ? `${task} (${item})` : task))

const failed = (report: RunReport) =>
  report.tasks.flatMap(({task, failure}) => (failure ? [`${task}: ${failure.message}`] : []))

/** What a run without failures changed; else the test fails with what they were. */
function changedWithoutFailure(report: RunReport): readonly string[] {
  expect({exit: report.exit, failed: failed(report)}).toEqual({exit: 0, failed: []})
  return changed(report)
}

/** The versions and states that the site tells of itself. */
async function health(): Promise<unknown> {
  const answer = await https(machine, domain, '/api')
  if (answer.status !== 200) throw new Error(`status ${answer.status}`)
  return JSON.parse(answer.body)
}

const well = {version: '4.15.1', queue_services: 'ok', data_services: 'ok'}

describe('a bare virtual machine', () => {
  test('has a kernel and a systemd of its own, in order', async () => {
    expect(await onMachine('systemd-detect-virt')).toMatch(/^(qemu|kvm)$/)
    expect(await onMachine('uname -r')).not.toBe(release())
    expect(await stateOfUnits()).toBe('running')
    expect(await onMachine('command -v docker ufw nginx || echo bare')).toBe('bare')
  })

  test('is refused while its clock is wrong, and taken when its own daemon has set it', async () => {
    await onMachine('systemctl stop systemd-timesyncd && date --set "1 hour ago"')
    const wrong = await site('--tags', 'preflight')
    expect(failed(wrong)).toEqual([
      expect.stringMatching(
        /^The clock is right: The host's clock is 3[56]\d\d seconds behind the one here, and 60 are the most$/,
      ),
    ])
    expect(changed(wrong)).toEqual([])
    await clockIsSet()
    expect(Math.abs(Number(await onMachine('date +%s')) - Date.now() / 1000)).toBeLessThan(10)
    expect(failed(await site('--tags', 'preflight'))).toEqual([])
  })

  test('shows everybody what listens on it', async () => {
    await listenEarly()
    expect(await openPorts(machine, ports)).toEqual([22, earlyPort])
  })
})

describe('the site on a virtual machine', () => {
  test('is brought up from nothing to its proof', async () => {
    const report = await site()
    changedWithoutFailure(report)
    expect(report.hosts[name]?.changed).toBeGreaterThan(15)
  })

  test('answers over HTTPS, welcomes a WebSocket, and shows nothing else', async () => {
    expect(await health()).toMatchObject(well)
    expect(JSON.parse(await firstMessage(machine, domain, '/cable'))).toEqual({type: 'welcome'})
    expect(await openPorts(machine, ports)).toEqual([22, 80, 443])
  })

  test('is in order the second time: nothing changed, and at most 5 round trips', async () => {
    const report = await site()
    expect(changedWithoutFailure(report)).toEqual([])
    expect(report.hosts[name]?.trips).toBeLessThanOrEqual(5)
  })

  test('gets a file system and a module of the kernel, once', async () => {
    const done = ['A disk', 'The disk is mounted', 'A module of the kernel']
    expect(changedWithoutFailure(await site('machine.yml'))).toEqual(done)
    await onMachine('echo kept >/srv/data/file')
    expect(changedWithoutFailure(await site('machine.yml'))).toEqual([])
  })
})

describe('the site after a reboot', () => {
  test('comes back by itself behind its firewall: no other port answers for a moment', async () => {
    const before = await onMachine('cat /proc/sys/kernel/random/boot_id')
    const seen = await portsSeenDuring(machine, ports, async () => {
      expect(changedWithoutFailure(await site('reboot.yml'))).toEqual(['Reboot'])
      await until(async () => expect(await health()).toMatchObject(well), slow)
    })
    expect(seen).toEqual([22, 80, 443])
    expect(await onMachine('cat /proc/sys/kernel/random/boot_id')).not.toBe(before)
    expect(await onMachine(`ss -Htln sport = :${earlyPort} | wc -l`)).toBe('1')
  })

  test('had its firewall up before Docker and before the network', async () => {
    const firewall = await started('ufw')
    expect(firewall).toBeGreaterThan(0)
    expect(firewall).toBeLessThan(await firstProcess('docker'))
    expect(firewall).toBeLessThan(await started('network.target'))
  })

  test('has its containers, swap, mounts, settings and clock, and no unit that failed', async () => {
    const names = ['nginx', 'postgres', 'redis', 'web', 'worker'].map(service => `chatwoot-${service}-1`)
    await until(async () => expect(await healthy()).toEqual(names), slow)
    expect(await onMachine('swapon --show=NAME,SIZE --noheadings')).toMatch(/^\/swapfile +2G$/)
    expect(await onMachine('findmnt -no FSTYPE,OPTIONS /srv/data; cat /srv/data/file')).toMatch(
      /^ext4 +rw,noatime\nkept$/,
    )
    expect(await onMachine('test -d /sys/module/dummy && sysctl -n vm.overcommit_memory')).toBe('1')
    expect(await onMachine('timedatectl show -p NTPSynchronized --value')).toBe('yes')
    expect(await stateOfUnits()).toBe('running')
  })

  test('passes its proof, and nothing is to be changed', async () => {
    expect(changedWithoutFailure(await site('verify.yml'))).toEqual([])
    expect(changedWithoutFailure(await site())).toEqual([])
  })
})

/** What somebody does to the machine, and the task that must find it. */
const breaks = [
  {how: 'swapoff /swapfile', found: 'There is swap'},
  {how: 'sysctl -q vm.overcommit_memory=0', found: 'The kernel is set (vm.overcommit_memory)'},
  {how: 'systemctl disable docker 2>/dev/null', found: 'Docker runs'},
  {how: 'ufw disable', found: 'The firewall is on and lets nothing else in'},
  {how: 'docker rm -f chatwoot-worker-1', found: 'All services are healthy'},
]

describe('a site that somebody broke', () => {
  test('is healed by a run that changes exactly what was broken', async () => {
    for (const {how} of breaks) await onMachine(how)
    expect(await openPorts(machine, [earlyPort])).toEqual([earlyPort])
    expect(changedWithoutFailure(await site()).toSorted()).toEqual(breaks.map(({found}) => found).toSorted())
    expect(await openPorts(machine, ports)).toEqual([22, 80, 443])
    expect(await onMachine('swapon --show=NAME --noheadings; systemctl is-enabled docker')).toBe('/swapfile\nenabled')
    expect(await health()).toMatchObject(well)
  })
})

describe('the snapshot', () => {
  test('makes the machine bare again', async () => {
    await restore('bare')
    expect(await onMachine('command -v docker ufw nginx || echo bare')).toBe('bare')
    expect(await openPorts(machine, ports)).toEqual([22])
  })
})

async function healthy(): Promise<readonly string[]> {
  const names = await onMachine('docker ps --filter health=healthy --format {{.Names}}')
  return names.split('\n').toSorted()
}
