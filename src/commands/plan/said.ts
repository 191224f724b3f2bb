import type {Module, Value, Values} from '../../module.ts'
import type {PreparedRun} from '../run/prepared-run.ts'

/** All that a playbook says, as one text: it is another when anything in it, or in the files that it takes in, is another. */
export function playsText({plays}: PreparedRun): string {
  return JSON.stringify(plays, (_, value: unknown) => (isModule(value) ? value.name : value))
}

/** All that the inventory says of each host of the plays, as one text, before a task adds anything; `secretsOf` are those that were made since it was read. */
export function variableTexts(
  {plays, hostsOf}: PreparedRun,
  secretsOf: (host: string) => Values = () => ({}),
): ReadonlyMap<string, string> {
  const hosts = plays.flatMap(play => hostsOf(play))
  return new Map(hosts.map(({name, vars}) => [name, JSON.stringify(sorted({...vars, ...secretsOf(name)}))]))
}

/** All that -e says, as one text. */
export function extraText({extra}: PreparedRun): string {
  return JSON.stringify(sorted(extra))
}

function sorted(values: Values): readonly (readonly [string, Value])[] {
  return Object.entries(values).toSorted(([left], [right]) => (left < right ? -1 : 1))
}

function isModule(value: unknown): value is Module {
  return typeof value === 'object' && value !== null && 'bind' in value && 'schema' in value
}
