import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {splitWords} from '../shell/words.ts'
import {bool, count, path, text, word, words} from './arguments.ts'

const texts = z.record(z.string(), text)
const command = z.union([z.array(text), z.string()])

const network = z.strictObject({
  name: word.describe('The network.'),
  aliases: words.default([]).describe('Other names that the container has in it.'),
  ipv4_address: word.optional().describe('Its address in it.'),
  ipv6_address: word.optional().describe('Its address in it.'),
})

/** The arguments that say what a container is made of. */
export const containerFields = {
  command: command.optional().describe('What runs in it, instead of what the image says.'),
  entrypoint: command.optional().describe('The entrypoint, instead of that of the image.'),
  env: texts.default({}).describe('Environment variables.'),
  env_file: path.optional().describe('File on the host with environment variables.'),
  ports: z.array(text).default([]).describe('Ports that are published, such as 127.0.0.1:8080:80.'),
  published_ports: z.array(text).default([]).describe('Another name for ports.'),
  volumes: z.array(word).default([]).describe('Volumes and directories, such as data:/data or /srv/x:/x:ro.'),
  networks: z.array(network).default([]).describe('Networks that it is in.'),
  network_mode: word.optional().describe('host, none, container:NAME, or a network.'),
  restart_policy: z
    .enum(['no', 'on-failure', 'always', 'unless-stopped'])
    .optional()
    .describe('When it is started again.'),
  restart_retries: count.optional().describe('on-failure: how often.'),
  hostname: word.optional().describe('Its host name.'),
  user: word.optional().describe('As whom it runs.'),
  working_dir: word.optional().describe('Directory that the command runs in.'),
  labels: texts.default({}).describe('Labels.'),
  privileged: bool.default(false).describe('Gives it all rights on the host.'),
  capabilities: words.default([]).describe('Rights that it gets.'),
  cap_drop: words.default([]).describe('Rights that it loses.'),
  security_opts: words.default([]).describe('Options such as no-new-privileges.'),
  read_only: bool.default(false).describe('Whether its root file system cannot be written to.'),
  tmpfs: words.default([]).describe('Directories that are kept in memory.'),
  devices: z.array(word).default([]).describe('Devices of the host.'),
  etc_hosts: texts.default({}).describe('Addresses by host name.'),
  dns_servers: words.default([]).describe('Name servers.'),
  memory: word.optional().describe('How much memory it may use, such as 512m.'),
  cpus: text.optional().describe('How many processors it may use.'),
  shm_size: word.optional().describe('Size of /dev/shm.'),
  ulimits: words.default([]).describe('Limits, such as nofile:1024:2048.'),
  sysctls: texts.default({}).describe('Kernel parameters of the container.'),
  log_driver: word.optional().describe('How its output is kept.'),
  log_options: texts.default({}).describe('Options of the log driver.'),
  init: bool.default(false).describe('Runs an init process in it.'),
  interactive: bool.default(false).describe('Keeps its stdin open.'),
  tty: bool.default(false).describe('Gives it a terminal.'),
}

const shape = z.strictObject(containerFields)
type Options = z.infer<typeof shape>

/** What comes before and after the image's name in `docker create`. */
export function containerWords(wanted: Options): {
  readonly options: readonly string[]
  readonly command: readonly string[]
} {
  const {restart_policy, restart_retries} = wanted
  const [entry, ...more] = split(wanted.entrypoint)
  const retries = restart_policy === 'on-failure' && restart_retries !== undefined ? `:${restart_retries}` : ''
  const options = [
    ...(entry === undefined ? [] : ['--entrypoint', entry]),
    ...Object.keys(wanted.env).flatMap(name => ['-e', name]),
    ...one('--env-file', wanted.env_file),
    ...each('-p', [...wanted.ports, ...wanted.published_ports]),
    ...each('-v', wanted.volumes),
    ...firstNetwork(wanted),
    ...(restart_policy === undefined ? [] : ['--restart', `${restart_policy}${retries}`]),
    ...one('--hostname', wanted.hostname),
    ...one('--user', wanted.user),
    ...one('--workdir', wanted.working_dir),
    ...each('--label', pairs(wanted.labels, '=')),
    ...flags({'--privileged': wanted.privileged, '--read-only': wanted.read_only, '--init': wanted.init}),
    ...flags({'--interactive': wanted.interactive, '--tty': wanted.tty}),
    ...each('--cap-add', wanted.capabilities),
    ...each('--cap-drop', wanted.cap_drop),
    ...each('--security-opt', wanted.security_opts),
    ...each('--tmpfs', wanted.tmpfs),
    ...each('--device', wanted.devices),
    ...each('--add-host', pairs(wanted.etc_hosts, ':')),
    ...each('--dns', wanted.dns_servers),
    ...one('--memory', wanted.memory),
    ...one('--cpus', wanted.cpus),
    ...one('--shm-size', wanted.shm_size),
    ...each(
      '--ulimit',
      wanted.ulimits.map(limit => limit.replace(':', '=')),
    ),
    ...each('--sysctl', pairs(wanted.sysctls, '=')),
    ...one('--log-driver', wanted.log_driver),
    ...each('--log-opt', pairs(wanted.log_options, '=')),
  ]
  return {options, command: [...more, ...split(wanted.command)]}
}

/** The environment as NAME=value, in the order of the names. */
export function environmentOf({env}: Options): readonly string[] {
  return pairs(env, '=').toSorted()
}

/** The networks but the first one, as `docker network connect` takes them: options and name. */
export function laterNetworks({networks, network_mode}: Options): readonly (readonly string[])[] {
  return (network_mode === undefined ? networks.slice(1) : networks).map(net => [
    ...each('--alias', net.aliases),
    ...one('--ip', net.ipv4_address),
    ...one('--ip6', net.ipv6_address),
    net.name,
  ])
}

function firstNetwork({networks, network_mode}: Options): readonly string[] {
  const [first] = networks
  if (network_mode !== undefined) return ['--network', network_mode]
  if (!first) return []
  const {name, aliases, ipv4_address, ipv6_address} = first
  return [
    '--network',
    name,
    ...each('--network-alias', aliases),
    ...one('--ip', ipv4_address),
    ...one('--ip6', ipv6_address),
  ]
}

function split(command: Options['command']): readonly string[] {
  const parts = typeof command === 'string' ? splitWords(command) : (command ?? [])
  if (!parts) throw new TaskError({message: `A quote is not closed in: ${String(command)}`})
  return parts
}

function one(option: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [option, value]
}

function each(option: string, values: readonly string[]): readonly string[] {
  return values.flatMap(value => [option, value])
}

function flags(wanted: {readonly [flag: string]: boolean}): readonly string[] {
  return Object.entries(wanted).flatMap(([flag, isSet]) => (isSet ? [flag] : []))
}

function pairs(values: {readonly [name: string]: string}, between: string): readonly string[] {
  return Object.entries(values).map(([name, value]) => `${name}${between}${value}`)
}
