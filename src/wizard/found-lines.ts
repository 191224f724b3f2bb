import type {Found} from './suitable.ts'

/** What was found on a host, as people read it. */
export function foundLines(name: string, {facts, ports, freeDisk}: Found): readonly string[] {
  const {
    ansible_distribution: system,
    ansible_distribution_version: version,
    ansible_distribution_release: release,
  } = facts
  const {ansible_architecture: architecture, ansible_processor_vcpus: processors, ansible_memtotal_mb: memory} = facts
  const open = ports.map(one => `${one.port}${one.name && ` (${one.name})`}`)
  return [
    `${name} is ${system} ${version} (${release}), ${architecture}, with ${processors} processors, ${memory} MB of memory, ${freeDisk} MB of disk free.`,
    `TCP ports that are open on it: ${open.join(', ') || 'none'}.`,
  ]
}
