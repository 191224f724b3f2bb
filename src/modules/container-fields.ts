import {z} from 'zod'
import {bool, count, path, text, word, words} from './arguments.ts'

const texts = z.record(z.string(), text)
const list = z.array(word)
const command = z.union([z.array(text), z.string()])
const whole = z.union([
  z.int(),
  z
    .string()
    .regex(/^-?\d+$/, 'must be a whole number')
    .transform(Number),
])

const network = z.strictObject({
  name: word.describe('The network.'),
  aliases: words.default([]).describe('Other names that the container has in it.'),
  ipv4_address: word.optional().describe('Its address in it.'),
  ipv6_address: word.optional().describe('Its address in it.'),
  links: words.default([]).describe('Containers in it by other names, such as db or db:database.'),
})

const mount = z.strictObject({
  target: word.describe('Path in the container.'),
  source: word.optional().describe('The volume, or the path on the host.'),
  type: z.enum(['bind', 'volume', 'tmpfs']).default('volume').describe('What is mounted.'),
  read_only: bool.optional().describe('Whether it cannot be written to.'),
  propagation: z
    .enum(['private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave'])
    .optional()
    .describe('bind: how mounts below it spread.'),
  no_copy: bool.optional().describe('volume: whether it does not get what the image has there.'),
  labels: texts.optional().describe('volume: labels.'),
  volume_driver: word.optional().describe('volume: the driver.'),
  volume_options: texts.optional().describe('volume: options of the driver.'),
  tmpfs_size: word.optional().describe('tmpfs: its size, such as 64M.'),
  tmpfs_mode: word.optional().describe('tmpfs: its mode, in octal.'),
})

const healthcheck = z.strictObject({
  test: z
    .union([z.array(text), z.string()])
    .optional()
    .describe('The command; NONE for none at all.'),
  interval: word.optional().describe('Time from one check to the next, such as 30s.'),
  timeout: word.optional().describe('How long one may take.'),
  start_period: word.optional().describe('How long failures do not count at first.'),
  retries: count.optional().describe('After how many failures it is unhealthy.'),
})

// What a container is made of; what is not set is not looked at.
const containerFields = {
  command: command.optional().describe('What runs in it, instead of what the image says.'),
  entrypoint: command.optional().describe('The entrypoint, instead of that of the image.'),
  env: texts.optional().describe('Environment variables.'),
  env_file: path.optional().describe('File on the host with environment variables.'),
  ports: list.optional().describe('Another name for published_ports.'),
  published_ports: list.optional().describe('Ports that are published, such as 127.0.0.1:8080:80.'),
  publish_all_ports: bool.optional().describe('Publishes all exposed ports, on any ports of the host.'),
  exposed_ports: words.optional().describe('Ports that other containers may use.'),
  volumes: list.optional().describe('Volumes and directories, such as data:/data or /srv/x:/x:ro.'),
  mounts: z.array(mount).optional().describe('Volumes, directories and memory, said at length.'),
  volumes_from: words.optional().describe('Containers whose volumes it gets.'),
  volume_driver: word.optional().describe('What makes its volumes.'),
  tmpfs: words.optional().describe('Directories that are kept in memory, such as /run:size=1m.'),
  networks: z.array(network).optional().describe('Networks that it is in.'),
  network_mode: word.optional().describe('host, none, container:NAME, or a network.'),
  links: words.optional().describe('Containers by other names, such as db or db:database.'),
  hostname: word.optional().describe('Its host name.'),
  domainname: word.optional().describe('Its domain.'),
  mac_address: word.optional().describe('Its hardware address.'),
  etc_hosts: texts.optional().describe('Addresses by host name.'),
  dns_servers: words.optional().describe('Name servers.'),
  dns_opts: words.optional().describe('Options of the resolver.'),
  dns_search_domains: words.optional().describe('Domains that names are looked for in.'),
  restart_policy: z
    .enum(['no', 'on-failure', 'always', 'unless-stopped'])
    .optional()
    .describe('When it is started again.'),
  restart_retries: count.optional().describe('on-failure: how often.'),
  auto_remove: bool.optional().describe('Whether it goes when it ends.'),
  healthcheck: healthcheck.optional().describe('How it is seen whether it is well.'),
  stop_signal: word.optional().describe('The signal that stops it.'),
  user: word.optional().describe('As whom it runs.'),
  groups: words.optional().describe('Groups that it is in besides.'),
  working_dir: word.optional().describe('Directory that the command runs in.'),
  labels: texts.optional().describe('Labels.'),
  privileged: bool.optional().describe('Gives it all rights on the host.'),
  capabilities: words.optional().describe('Rights that it gets.'),
  cap_drop: words.optional().describe('Rights that it loses.'),
  security_opts: words.optional().describe('Options such as no-new-privileges.'),
  read_only: bool.optional().describe('Whether its root file system cannot be written to.'),
  devices: list.optional().describe('Devices of the host.'),
  memory: word.optional().describe('How much memory it may use, such as 512m.'),
  memory_reservation: word.optional().describe('Memory that it has for itself.'),
  memory_swap: word.optional().describe('Memory and swap together; unlimited for all of it.'),
  memory_swappiness: count.optional().describe('How soon it is swapped out, from 0 to 100.'),
  cpus: text.optional().describe('How many processors it may use.'),
  cpu_shares: count.optional().describe('Its weight when processors are short.'),
  cpu_period: count.optional().describe('Microseconds of a period of the scheduler.'),
  cpu_quota: count.optional().describe('Microseconds that it gets of each.'),
  cpuset_cpus: text.optional().describe('Processors that it may use, such as 0-2.'),
  cpuset_mems: text.optional().describe('Nodes of memory that it may use.'),
  blkio_weight: count.optional().describe('Its weight when disks are busy, from 10 to 1000.'),
  pids_limit: whole.optional().describe('How many processes it may have; -1 for any number.'),
  shm_size: word.optional().describe('Size of /dev/shm.'),
  oom_killer: bool.optional().describe('With true, it is not killed when memory is short.'),
  oom_score_adj: whole.optional().describe('How soon it is killed, from -1000 to 1000.'),
  ulimits: words.optional().describe('Limits, such as nofile:1024:2048.'),
  sysctls: texts.optional().describe('Kernel parameters of the container.'),
  storage_opts: texts.optional().describe('Options of the storage driver.'),
  log_driver: word.optional().describe('How its output is kept.'),
  log_options: texts.optional().describe('Options of the log driver.'),
  ipc_mode: word.optional().describe('Whose memory it shares: host, private, shareable, container:NAME.'),
  pid_mode: word.optional().describe('Whose processes it sees: host, container:NAME.'),
  uts: word.optional().describe('Whose host name it has: host.'),
  userns_mode: word.optional().describe('Whose users it has: host.'),
  cgroup_parent: word.optional().describe('Control group that it is in.'),
  cgroupns_mode: z.enum(['private', 'host']).optional().describe('Whose control groups it sees.'),
  runtime: word.optional().describe('What runs it.'),
  init: bool.optional().describe('Runs an init process in it.'),
  interactive: bool.optional().describe('Keeps its stdin open.'),
  tty: bool.optional().describe('Gives it a terminal.'),
}

/** The arguments of docker_container. */
export const containerSchema = z.strictObject({
  name: word.describe('The container.'),
  image: word.optional().describe('The image; needed to make the container.'),
  state: z
    .enum(['started', 'present', 'stopped', 'absent'])
    .default('started')
    .describe(
      'started: it runs; present: it is there; stopped: it is there but does not run; absent: it is not there.',
    ),
  ...containerFields,
  comparisons: z
    .record(z.string(), z.enum(['strict', 'ignore', 'allow_more_present']))
    .default({})
    .describe('How options are compared, by their names; * for all others.'),
  image_name_mismatch: z
    .enum(['ignore', 'recreate'])
    .default('ignore')
    .describe('Whether the container is made anew when its image is the same by another name.'),
  pull: z
    .union([z.enum(['missing', 'never']), z.literal(false).transform(() => 'missing' as const)])
    .default('missing')
    .describe('Whether an image that is not there is pulled; docker_image_pull pulls one each time.'),
  paused: bool.optional().describe('Whether its processes stand still.'),
  restart: bool.default(false).describe('Restarts a container that runs, each time.'),
  recreate: bool.default(false).describe('Makes the container anew, each time.'),
  stop_timeout: count.optional().describe('Seconds that the container gets to stop.'),
  force_kill: bool.default(false).describe('Kills the container instead of stopping it.'),
  kill_signal: word.optional().describe('The signal for that.'),
  keep_volumes: bool.default(true).describe('With false, volumes without a name go with the container.'),
})

/** What a task says of a container. */
export type WantedContainer = z.infer<typeof containerSchema>

const shape = z.strictObject(containerFields)

/** What a container is made of, as a task says it. */
export type ContainerOptions = z.infer<typeof shape>

/** One of the networks that it is in. */
export type ContainerNetwork = z.infer<typeof network>

/** One of its mounts. */
export type ContainerMount = z.infer<typeof mount>
