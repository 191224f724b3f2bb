import {TaskError} from '../errors.ts'
import type {ContainerOptions} from './container-fields.ts'
import type {Container, ContainerImage, Sight} from './container-look.ts'
import {type Setting, texts} from './container-setting.ts'
import {settings} from './container-settings.ts'
import {hasOtherMounts} from './container-volumes.ts'

/** How an argument is compared; `*` stands for all that are not named. */
export type Comparisons = {readonly [argument: string]: Comparison}

/** strict: the container has this and nothing else; allow_more_present: at least this; ignore: whatever it has. */
export type Comparison = 'strict' | 'ignore' | 'allow_more_present'

/** The arguments in which a container differs, by what it takes to mend that. */
export type Differences = {readonly remade: readonly string[]; readonly updated: readonly string[]}

/** Compares a container with what a task says of it. Throws TaskError when `comparisons` is wrong. */
export function differencesOf(
  {container, image, environment}: Sight & {readonly container: Container},
  options: ContainerOptions,
  comparisons: Comparisons,
): Differences {
  checkNames(comparisons)
  const all = {...options, ...(options.env_file !== undefined && {env: {...variables(environment), ...options.env}})}
  const other = settings.filter(setting => differs(setting, {container, image, options: all, comparisons}))
  const remade = other.filter(({updates}) => !updates).map(({name}) => name)
  const mounts = comparisonOf('mounts', 'set', comparisons)
  const isOtherMounted = mounts !== 'ignore' && hasOtherMounts(container, options, mounts === 'strict')
  return {
    remade: [...new Set([...remade, ...(isOtherMounted ? ['mounts'] : [])])],
    updated: other.filter(({updates}) => updates).map(({name}) => name),
  }
}

/** How an argument is compared when nothing is said of it, or with what is said. */
export function comparisonOf(name: string, kind: Setting['kind'], comparisons: Comparisons): Comparison {
  return comparisons[name] ?? comparisons['*'] ?? (kind === 'whole' ? 'strict' : 'allow_more_present')
}

type Pair = {
  readonly container: Container
  readonly image: ContainerImage | undefined
  readonly options: ContainerOptions
  readonly comparisons: Comparisons
}

function differs(setting: Setting, {container, image, options, comparisons}: Pair): boolean {
  const {name, kind} = setting
  const comparison = comparisonOf(name, kind, comparisons)
  const wanted = setting.wanted(options) ?? (comparison === 'strict' ? withoutWord(name) : undefined)
  if (wanted === undefined || comparison === 'ignore') return false
  const seen = setting.seen(container)
  if (comparison === 'strict' && kind === 'whole') return !isSame(wanted, seen)
  if (comparison === 'strict') return !isSame(together(wanted, broughtBy(image, setting)), seen.toSorted())
  return kind === 'whole' ? !isWithin(wanted, seen) : !wanted.every(text => seen.includes(text))
}

/** As Ansible has it, what is told strictly and not at all is not there at all. */
function withoutWord(name: string): readonly string[] | undefined {
  return ['env', 'volumes'].includes(name) ? [] : undefined
}

function broughtBy(image: ContainerImage | undefined, setting: Setting): readonly string[] {
  return texts(setting.image === undefined ? null : image?.[setting.image])
}

/** What an image brings, with what the task says instead. */
function together(wanted: readonly string[], brought: readonly string[]): readonly string[] {
  const names = wanted.map(nameOf)
  return [...new Set([...brought.filter(text => !names.includes(nameOf(text))), ...wanted])].toSorted()
}

function nameOf(text: string): string {
  return text.split('=')[0] ?? ''
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((text, index) => text === right[index])
}

/** Whether all of some texts come in their order. */
function isWithin(wanted: readonly string[], seen: readonly string[]): boolean {
  const rest = seen[Symbol.iterator]()
  return wanted.every(text => {
    for (const one of rest) if (one === text) return true
    return false
  })
}

function variables(lines: readonly string[]): {readonly [name: string]: string} {
  return Object.fromEntries(lines.map(line => [nameOf(line), line.slice(nameOf(line).length + 1)]))
}

function checkNames(comparisons: Comparisons): void {
  const names = ['*', 'image', 'networks', 'mounts', 'stop_timeout', ...settings.map(({name}) => name)]
  const unknown = Object.keys(comparisons).find(name => !names.includes(name))
  if (unknown !== undefined)
    throw new TaskError({message: `comparisons names "${unknown}", which is no option that is compared`})
  if (comparisons['*'] === 'allow_more_present')
    throw new TaskError({message: 'comparisons: "*" can only be strict or ignore'})
}
