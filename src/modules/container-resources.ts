import {bytes, each, host, one, option, parts, type Setting, toggle, value} from './container-setting.ts'

/** What a container may use of the host's memory, processors and disks. */
export const resources: readonly Setting[] = [
  {...bytes('memory', '--memory', all => all.memory, host('Memory')), updates: true},
  {
    ...bytes('memory_reservation', '--memory-reservation', all => all.memory_reservation, host('MemoryReservation')),
    updates: true,
  },
  {...bytes('memory_swap', '--memory-swap', all => all.memory_swap, host('MemorySwap')), updates: true},
  value('memory_swappiness', '--memory-swappiness', all => all.memory_swappiness, host('MemorySwappiness')),
  {
    name: 'cpus',
    kind: 'whole',
    wanted: ({cpus}) => one(cpus === undefined ? undefined : Math.round(Number(cpus) * 1e9)),
    seen: host('NanoCpus'),
    flags: ({cpus}) => option('--cpus', cpus),
  },
  {...value('cpu_shares', '--cpu-shares', all => all.cpu_shares, host('CpuShares')), updates: true},
  {...value('cpu_period', '--cpu-period', all => all.cpu_period, host('CpuPeriod')), updates: true},
  {...value('cpu_quota', '--cpu-quota', all => all.cpu_quota, host('CpuQuota')), updates: true},
  {...value('cpuset_cpus', '--cpuset-cpus', all => all.cpuset_cpus, host('CpusetCpus')), updates: true},
  {...value('cpuset_mems', '--cpuset-mems', all => all.cpuset_mems, host('CpusetMems')), updates: true},
  {...value('blkio_weight', '--blkio-weight', all => all.blkio_weight, host('BlkioWeight')), updates: true},
  value('pids_limit', '--pids-limit', all => all.pids_limit, host('PidsLimit')),
  bytes('shm_size', '--shm-size', all => all.shm_size, host('ShmSize')),
  toggle('oom_killer', '--oom-kill-disable', all => all.oom_killer, host('OomKillDisable')),
  value('oom_score_adj', '--oom-score-adj', all => all.oom_score_adj, host('OomScoreAdj')),
  {
    name: 'ulimits',
    kind: 'set',
    wanted: ({ulimits}) => ulimits?.map(wholeLimit),
    seen: ({HostConfig}) => parts(HostConfig.Ulimits, ['Name', 'Soft', 'Hard']),
    flags: ({ulimits}) =>
      each(
        '--ulimit',
        ulimits?.map(limit => limit.replace(':', '=')),
      ),
  },
]

function wholeLimit(limit: string): string {
  const [name = '', soft = '', hard = soft] = limit.split(':')
  return [name, soft, hard].join(':')
}
