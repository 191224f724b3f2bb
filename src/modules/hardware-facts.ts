import type {Values} from '../value.ts'
import {all} from './answer.ts'

/** Makes Ansible's facts of memory, processors and the machine, without ansible_ before their names. */
export function hardwareFacts(said: {readonly [key: string]: string}, answer: string): Values {
  const number = (key: string) => Number(said[key] ?? 0)
  const virt = said.virt ?? 'none'
  const [total, free, swap, swapFree] = [number('MemTotal'), number('MemFree'), number('SwapTotal'), number('SwapFree')]
  const kept = free + number('Buffers') + number('Cached')
  return {
    ...processorFacts(number('vcpus'), all(answer, 'cpu')),
    memtotal_mb: total,
    memfree_mb: free,
    memavailable_mb: number('MemAvailable'),
    swaptotal_mb: swap,
    swapfree_mb: swapFree,
    memory_mb: {
      real: {total, free, used: total - free},
      nocache: {free: kept, used: total - kept},
      swap: {total: swap, free: swapFree, used: swap - swapFree, cached: number('SwapCached')},
    },
    uptime_seconds: number('uptime'),
    ...machineFacts(all(answer, 'dmi')),
    virtualization_type: virt === 'none' ? 'NA' : (virtualizations[virt] ?? virt),
    virtualization_role: virt === 'none' ? 'NA' : 'guest',
  }
}

const virtualizations: {readonly [name: string]: string} = {
  oracle: 'virtualbox',
  microsoft: 'VirtualPC',
  amazon: 'kvm',
  qemu: 'kvm',
  'systemd-nspawn': 'container',
  'lxc-libvirt': 'lxc',
}

/** Of lines such as `model name=…`, as /proc/cpuinfo has them. */
function processorFacts(vcpus: number, lines: readonly string[]): Values {
  const said = lines.map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const)
  const of = (name: string) => said.filter(([one]) => one === name).map(([, value]) => value)
  const sockets = new Set(of('physical id')).size
  const count = sockets > 0 ? sockets : Math.max(1, of('processor').length)
  const cores = Number(of('cpu cores')[0] ?? 1)
  const threads = Math.max(1, Math.floor(Number(of('siblings')[0] ?? cores) / cores))
  return {
    processor: said.filter(([name]) => /^(?:processor|vendor_id|model name)$/.test(name)).map(([, value]) => value),
    processor_count: count,
    processor_cores: cores,
    processor_threads_per_core: threads,
    processor_vcpus: count * cores * threads,
    processor_nproc: vcpus,
  }
}

function machineFacts(lines: readonly string[]): Values {
  const said = Object.fromEntries(lines.map(line => line.split(/=(.*)/s)))
  const names = ['product_name', 'product_version', 'product_serial', 'product_uuid', 'bios_date', 'bios_vendor']
  const all = [...names, 'bios_version', 'board_name', 'board_vendor']
  return {
    system_vendor: said.sys_vendor || 'NA',
    ...Object.fromEntries(all.map(name => [name, said[name] || 'NA'])),
  }
}
