import {TaskError} from '../errors.ts'
import {isList, isMap, type Value} from '../value.ts'
import type {ContainerOptions} from './container-fields.ts'
import type {Container} from './container-look.ts'

/** What is seen of something in a container, as texts; nothing, zero and false are an empty list. */
export type Seen = (container: Container) => readonly string[]

type Get<Kind> = (options: ContainerOptions) => Kind | undefined

/** One argument: how `docker create` is told, and how it is seen whether a container is so. */
export type Setting = {
  /** The argument, as `comparisons` names it. */
  readonly name: string
  /** A value and a list count as a whole; a container may have more of a set than is wanted. */
  readonly kind: 'whole' | 'set'
  /** What must be seen; undefined when the task says nothing of it. */
  readonly wanted: Get<readonly string[]>
  readonly seen: Seen
  readonly flags: (options: ContainerOptions) => readonly string[]
  /** `docker update` can change it. */
  readonly updates?: true
  /** What an image brings of it, which nobody has to say. */
  readonly image?: 'Env' | 'Labels'
}

/** A part of what Docker says of the host's side of a container. */
export function host(key: string): Seen {
  return ({HostConfig}) => texts(HostConfig[key])
}

/** A part of what Docker says of a container itself. */
export function config(key: string): Seen {
  return ({Config}) => texts(Config[key])
}

/** A single value. */
export function value(name: string, flag: string, get: Get<string | number>, seen: Seen): Setting {
  const flags = (options: ContainerOptions) => option(flag, get(options))
  return {name, kind: 'whole', wanted: options => one(get(options)), seen, flags}
}

/** Yes or no. */
export function toggle(name: string, flag: string, get: Get<boolean>, seen: Seen): Setting {
  const flags = (options: ContainerOptions) => (get(options) === undefined ? [] : [`${flag}=${get(options)}`])
  return {name, kind: 'whole', wanted: options => one(get(options)), seen, flags}
}

/** A size, such as 64m, in bytes; throws TaskError when it is none. */
export function bytes(name: string, flag: string, get: Get<string>, seen: Seen): Setting {
  return value(name, flag, options => bytesOf(name, get(options)), seen)
}

/** Texts in an order. */
export function list(name: string, flag: string, get: Get<readonly string[]>, seen: Seen): Setting {
  return {name, kind: 'whole', wanted: get, seen, flags: options => each(flag, get(options))}
}

/** Texts in any order; `whole` writes them as Docker does. */
export function set(
  name: string,
  flag: string,
  get: Get<readonly string[]>,
  seen: Seen,
  whole: (text: string) => string = text => text,
): Setting {
  return {...list(name, flag, get, seen), kind: 'set', wanted: options => get(options)?.map(whole)}
}

/** Values by name, written with something between them. */
export function map(
  name: string,
  flag: string,
  get: Get<{readonly [name: string]: string}>,
  seen: Seen,
  between = '=',
): Setting {
  return set(
    name,
    flag,
    options => {
      const values = get(options)
      return values && pairs(values, between)
    },
    seen,
  )
}

/** What Docker says as texts: lists one by one, maps as name=value; nothing, zero and false are an empty list. */
export function texts(told: Value | undefined, between = '='): readonly string[] {
  if (isList(told)) return told.map(String)
  if (isMap(told)) return Object.entries(told).map(([name, part]) => `${name}${between}${String(part)}`)
  return one(told ?? null)
}

/** Parts of maps in a list, each as texts with colons. */
export function parts(told: Value | undefined, keys: readonly string[]): readonly string[] {
  return isList(told) ? told.map(item => keys.map(key => (isMap(item) ? String(item[key] ?? '') : '')).join(':')) : []
}

/** One text, or none for what stands for nothing; undefined stays. */
export function one(single: Value): readonly string[]
export function one(single: Value | undefined): readonly string[] | undefined
export function one(single: Value | undefined): readonly string[] | undefined {
  if (single === undefined) return undefined
  return ['', '0', 'false', 'null'].includes(String(single)) ? [] : [String(single)]
}

/** A flag with its value, if there is one. */
export function option(flag: string, single: string | number | undefined): readonly string[] {
  return single === undefined ? [] : [flag, String(single)]
}

/** A flag before each of some texts. */
export function each(flag: string, list: readonly string[] = []): readonly string[] {
  return list.flatMap(text => [flag, text])
}

/** Names and values with something between them. */
export function pairs(values: {readonly [name: string]: string}, between: string): readonly string[] {
  return Object.entries(values).map(([name, text]) => `${name}${between}${text}`)
}

/** How many bytes a size such as 64m is; throws TaskError when it is none. */
export function bytesOf(name: string, size: string | undefined): number | undefined {
  if (size === undefined) return undefined
  if (name === 'memory_swap' && ['unlimited', '-1'].includes(size)) return -1
  const [, digits, unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([bkmgt]?)(?:i?b)?\s*$/i.exec(size) ?? []
  if (digits === undefined) throw new TaskError({message: `${name} is not a size such as 512m: ${size}`})
  return Math.round(Number(digits) * 1024 ** Math.max(0, ['', 'k', 'm', 'g', 't'].indexOf(unit.toLowerCase())))
}
