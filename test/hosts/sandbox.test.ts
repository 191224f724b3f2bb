import {execFile} from 'node:child_process'
import {readFile} from 'node:fs/promises'
import {promisify} from 'node:util'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {imageRecipes} from '../../src/sandbox/images/recipes.ts'
import {type SandboxHost, sandboxDown, sandboxList, sandboxUp} from '../../src/sandbox/sandbox.ts'

const execute = promisify(execFile)
const say = (line: string) => console.log(line)
const names = ['sandbox-test-a', 'sandbox-test-b']
const others = await sandboxList()
const traces = await machineTraces()
let hosts: SandboxHost[] = []

beforeAll(async () => {
  hosts = await sandboxUp({names, say})
})

afterAll(async () => {
  const left = (await sandboxList()).map(host => host.name).filter(name => names.includes(name))
  if (left.length > 0) await sandboxDown({names: left, say})
})

describe('two sandbox hosts', () => {
  test('accept a login with their keys checked, as machines of their own', async () => {
    expect(await onHost(0, 'hostname; whoami; sudo whoami')).toBe('sandbox-test-a\ndeploy\nroot')
    expect(await onHost(1, 'hostname; whoami; sudo whoami')).toBe('sandbox-test-b\ndeploy\nroot')
    expect(await onHost(0, 'cat /etc/machine-id')).not.toBe(await onHost(1, 'cat /etc/machine-id'))
  })

  test('are bare, and healthy in the eyes of systemd', async () => {
    expect(await onHost(0, 'systemctl is-system-running')).toBe('running')
    expect(await onHost(0, 'command -v docker ufw curl python3 || echo none')).toBe('none')
  })

  test('reach each other by address and by name', async () => {
    const other = hosts[1]
    expect(await onHost(0, `ping -c 1 -w 5 ${other?.address} >/dev/null && echo reached`)).toBe('reached')
    expect(await onHost(0, `getent hosts ${other?.name}.sandbox.test`)).toMatch(other?.address ?? 'no host')
  })

  test('are left as they are when they are already up', async () => {
    const before = await onHost(0, 'cat /proc/sys/kernel/random/boot_id')
    expect(await sandboxUp({names, say})).toEqual(hosts)
    expect(await onHost(0, 'cat /proc/sys/kernel/random/boot_id')).toBe(before)
  })

  test('run containers of the registry with Debian packages, within a memory limit', async () => {
    const reference = imageRecipes()
      .flatMap(recipe => recipe.references)
      .find(name => name.startsWith('library/'))
    const image = reference?.replace('library/', '')
    await onHost(
      0,
      'sudo DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends docker.io docker-cli iptables',
    )
    await onHost(0, `sudo docker pull --quiet ${image}`)
    const limit = 'cat /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null || cat /sys/fs/cgroup/memory.max'
    expect(await onHost(0, `sudo docker run --rm --memory 32m --entrypoint /bin/sh ${image} -c '${limit}'`)).toBe(
      '33554432',
    )
  })

  test('come back from a reboot, with what was on their disk', async () => {
    const before = await onHost(1, 'echo kept > note; cat /proc/sys/kernel/random/boot_id')
    // The connection ends with the host, and ssh takes that for an error.
    await onHost(1, 'sudo systemctl reboot').catch(() => undefined)
    const look = () => onHost(1, 'cat note /proc/sys/kernel/random/boot_id')
    await expect.poll(look, {timeout: 60_000, interval: 500}).not.toContain(before)
    expect(await onHost(1, 'cat note')).toBe('kept')
  })

  test('start again with their disk after the process that watches them was killed', async () => {
    const pid = await watcherOf('sandbox-test-b')
    process.kill(pid, 'SIGKILL')
    const isUp = async () => (await sandboxList()).find(host => host.name === 'sandbox-test-b')?.running
    await expect.poll(isUp, {timeout: 10_000}).toBe(false)
    await sandboxUp({names, say})
    expect(await onHost(1, 'cat note; systemctl is-system-running')).toBe('kept\nrunning')
  })
})

test('a removed host leaves nothing behind', async () => {
  await sandboxDown({names, say})
  const links = hosts.map(host => `provision-${host.address.split('.').at(-1)}`)
  const left = (await machineTraces()).filter(line => [...names, ...links].some(word => line.includes(word)))
  expect(left).toEqual([])
})

// With other people's hosts on the machine, the bridge and its like have to stay.
test.skipIf(others.length > 0)('the last host takes everything with it that the sandbox made', async () => {
  expect(await machineTraces()).toEqual(traces)
})

async function onHost(index: number, command: string): Promise<string> {
  const host = hosts[index]
  if (!host) throw new Error(`There is no host ${index}`)
  const files = ['-i', host.keyFile, '-o', `UserKnownHostsFile=${host.knownHostsFile}`]
  const checks = ['-F', 'none', '-o', 'StrictHostKeyChecking=yes', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=5']
  const words = [...checks, ...files, '-p', String(host.port), `${host.user}@${host.address}`, command]
  return (await execute('ssh', words)).stdout.trim()
}

/** What a sandbox could leave on a machine: interfaces, namespaces, mounts, firewall rules, the kernel's settings, control groups, processes. */
async function machineTraces(): Promise<string[]> {
  const script = `
    ip -oneline link | cut -d: -f2
    ip netns list
    cut -d' ' -f5,9- /proc/self/mountinfo | grep -v '^/run/netns '
    ! command -v iptables-save >/dev/null || iptables-save | grep '^-' | cat
    cat /proc/sys/net/ipv4/ip_forward /proc/sys/fs/inotify/max_user_instances
    find /sys/fs/cgroup -type d -name 'provision-sandbox*'
    ps -eo args | grep -E 'systemd-nspawn|run\\.sh|dnsmasq|docker-registry' | grep -vE 'grep|defunct'`
  const {stdout} = await execute('sh', ['-c', script]).catch(error => error)
  return String(stdout).trim().split('\n').sort()
}

async function watcherOf(name: string): Promise<number> {
  const host = hosts.find(candidate => candidate.name === name)
  const folder = host?.knownHostsFile.replace('known_hosts', `hosts/${name}`)
  return Number((await readFile(`${folder}/host.pid`, 'utf8')).split(' ')[0])
}
