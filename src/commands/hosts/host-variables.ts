import {relative} from 'node:path'
import type {Options} from '../../argument-spec/option.ts'
import {Bug} from '../../errors.ts'
import type {Variable} from '../../inventory/variable.ts'
import type {Value} from '../../module.ts'
import {hideSecrets} from './hide-secrets.ts'

/** A value and where it is said; what a program printed has no line. */
type Said = {readonly value: Value; readonly file: string; readonly line?: number}

/** A variable's value, where it is said, and with -v the values that it wins over, the strongest first. */
export type Told = Said & {readonly over?: readonly Said[]}

/** What is wanted besides values and places. */
export type Telling = {
  readonly verbose?: boolean
  readonly showSecrets?: boolean
  /** The inputs that are declared beside the playbooks. */
  readonly declared: Options
}

/** Tells the variables of a host by name, in the order of the alphabet; `said` is all that is said of it, weakest first. */
export function toldVariables(
  said: readonly Variable[],
  {verbose, showSecrets, declared}: Telling,
): {readonly [name: string]: Told} {
  const shown = showSecrets ? said : hideSecrets(said, declared)
  const names = [...new Set(shown.map(variable => variable.name))].toSorted()
  return Object.fromEntries(
    names.map(name => [
      name,
      told(
        shown.filter(one => one.name === name),
        verbose ?? false,
      ),
    ]),
  )
}

/** One line for each variable, and below it one for each value that it wins over. */
export function variablesAsLines(variables: {readonly [name: string]: Told}): readonly string[] {
  return Object.entries(variables).flatMap(([name, {over = [], ...said}]) => [
    `  ${name}: ${asText(said)}`,
    ...over.map(weaker => `    over ${asText(weaker)}`),
  ])
}

function told(values: readonly Variable[], verbose: boolean): Told {
  const [first, ...weaker] = values.toReversed().map(saidIn)
  if (!first) throw new Bug('a variable without a value')
  return verbose && weaker.length > 0 ? {...first, over: weaker} : first
}

function saidIn({value, source, printed}: Variable): Said {
  return {value, file: source.file, ...(!printed && {line: source.line})}
}

function asText({value, file, line}: Said): string {
  const path = relative('', file)
  const place = path === '' || path.startsWith('..') || file.includes(',') ? file : path
  return `${JSON.stringify(value)}  (${place}${line === undefined ? '' : `:${line}`})`
}
