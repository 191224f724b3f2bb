import {z} from 'zod'
import {raw, type Shell, sh} from '../shell/shell.ts'
import type {Value, Values} from '../value.ts'
import {all} from './answer.ts'
import type {ContainerOptions} from './container-fields.ts'
import {taggedName} from './docker-images.ts'

const values = z.record(z.string(), z.custom<Value>())

const endpoint = z.object({
  IPAMConfig: z.object({IPv4Address: z.string().optional(), IPv6Address: z.string().optional()}).nullish(),
  Aliases: z.array(z.string()).nullish(),
  Links: z.array(z.string()).nullish(),
})

const container = z.object({
  Name: z.string(),
  Image: z.string(),
  State: z.object({Status: z.string(), Running: z.boolean(), Paused: z.boolean()}),
  Config: values,
  HostConfig: values,
  NetworkSettings: z.object({Networks: z.record(z.string(), endpoint).nullish()}),
})

const image = z.object({Id: z.string(), Env: z.custom<Value>(), Labels: z.custom<Value>()})

/** A container, as `docker inspect` tells it. */
export type Container = z.infer<typeof container>

/** The id of an image, and the variables and labels that it brings. */
export type ContainerImage = z.infer<typeof image>

/** What a host has: the container, the image that is wanted for it, and variables from a file. */
export type Sight = {
  readonly container: Container | undefined
  /** The same as plain data, for results. */
  readonly all: Values | undefined
  readonly image: ContainerImage | undefined
  readonly environment: readonly string[]
}

// Mounts are left out, for Docker tells them in any order.
const format = `{"Id":{{json .Id}},"Name":{{json .Name}},"Image":{{json .Image}},"Created":{{json .Created}},
"State":{"Status":{{json .State.Status}},"Running":{{json .State.Running}},"Paused":{{json .State.Paused}},"ExitCode":{{json .State.ExitCode}}},
"Config":{{json .Config}},"HostConfig":{{json .HostConfig}},
"NetworkSettings":{"IPAddress":{{json .NetworkSettings.IPAddress}},"Ports":{{json .NetworkSettings.Ports}},"Networks":{{json .NetworkSettings.Networks}}}}`
const ofImage = '{"Id":{{json .Id}},"Env":{{json .Config.Env}},"Labels":{{json .Config.Labels}}}'

/** Asks for a container, for the image that it is to be made of, and for what else its options name. */
export function askContainer(options: ContainerOptions & {name: string; image?: string | undefined}): Shell {
  const {name, image, env_file} = options
  return sh`if command -v docker >/dev/null; then
${raw(ask('container', format.replaceAll('\n', ''), 'container', name))}
${raw(image === undefined ? sh`` : ask('image', ofImage, 'image', taggedName(image)))}
${raw(env_file === undefined ? sh`` : sh`if [ -f ${env_file} ]; then sed 's/^/variable=/' <${env_file}; fi`)}
for p in ${peersOf(options)}; do r=$(docker container inspect -f '{{.Id}}' -- "$p" 2>/dev/null) && printf 'peer=%s %s\n' "$r" "$p"; done
:; fi`
}

/** Reads what askContainer asked. */
export function readContainer(answer: string): Sight {
  const [told] = all(answer, 'container')
  const [ofImage] = all(answer, 'image')
  const seen = told === undefined ? undefined : container.parse(JSON.parse(told))
  return {
    container: seen && {...seen, HostConfig: withNames(seen.HostConfig, all(answer, 'peer'))},
    all: told === undefined ? undefined : values.parse(JSON.parse(told)),
    image: ofImage === undefined ? undefined : image.parse(JSON.parse(ofImage)),
    environment: all(answer, 'variable')
      .map(line => line.trim())
      .filter(line => /^[^#=]+=/.test(line)),
  }
}

function ask(kind: string, format: string, key: string, name: string): Shell {
  return sh`r=$(docker ${kind} inspect -f ${format} -- ${name} 2>/dev/null) && printf '%s=%s\n' ${key} "$r"`
}

const modes = ['NetworkMode', 'PidMode', 'IpcMode']

/** The containers whose network, processes or memory it shares. */
function peersOf({network_mode, pid_mode, ipc_mode}: ContainerOptions): readonly string[] {
  const shared = [network_mode, pid_mode, ipc_mode].filter(mode => mode?.startsWith('container:'))
  return shared.map(mode => (mode ?? '').slice('container:'.length))
}

/** Docker writes down their ids: puts the names there that the task says. */
function withNames(host: Values, peers: readonly string[]): Values {
  const names = peers.map(peer => peer.split(' ')).map(([id, name]) => [`container:${id}`, `container:${name}`])
  const named = modes.map(mode => [mode, names.find(([id]) => id === host[mode])?.[1] ?? host[mode] ?? null])
  return {...host, ...Object.fromEntries(named)}
}
