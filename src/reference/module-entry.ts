import type {Module, Topic, Values} from '../module.ts'
import {type Argument, argumentsOf} from './arguments.ts'

/** Everything that the reference says of one module, as data: what `--output json` prints. */
export type ModuleEntry = {
  readonly name: string
  readonly summary: string
  readonly topic: Topic | 'other'
  readonly runsOn: 'host' | 'controller'
  /** What check mode does with it. */
  readonly checkMode: 'shows what would change' | 'skips it' | 'knows creates and removes' | 'runs it'
  /** Where text after the module's name goes. */
  readonly freeForm?: string
  readonly arguments: readonly Argument[]
  /** Names in the variable that `register` makes. */
  readonly returns: readonly string[]
  readonly example?: Values
}

/** Reads a module for the reference. */
export function moduleEntry(module: Module): ModuleEntry {
  const {name, summary, topic = 'other', freeForm, example} = module
  const setsFacts = module.kind === 'host' && module.facts
  return {
    name,
    summary,
    topic,
    runsOn: module.kind,
    checkMode: checkMode(module),
    ...(freeForm === undefined ? {} : {freeForm}),
    arguments: argumentsOf(module),
    returns: ['changed', 'failed', 'skipped', 'msg', ...(setsFacts ? ['ansible_facts'] : [])],
    ...(example && {example}),
  }
}

function checkMode(module: Module): ModuleEntry['checkMode'] {
  if (module.kind === 'controller') return 'runs it'
  if (module.foresees) return 'knows creates and removes'
  return module.action ? 'skips it' : 'shows what would change'
}
