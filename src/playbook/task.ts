import type {Module} from '../module.ts'
import {didYouMean} from '../nearest.ts'
import type {Task} from '../play.ts'
import type {YamlEntry, YamlMap} from '../yaml.ts'
import {readAsync} from './background.ts'
import {checkArguments} from './check-arguments.ts'
import {checkKeywords, checkName, conditionsOf, numberOf, textOf, wordsOf} from './fields.ts'
import {inherit} from './inherit.ts'
import {collections, isTaskKeyword, notYet, taskKeywords} from './keywords.ts'
import {type Fields, type Inherited, type Loading, report} from './loading.ts'
import {readLoop} from './loop.ts'
import {readArguments} from './module-arguments.ts'
import {withDefaults} from './module-defaults.ts'
import {modulesNotYet} from './modules-not-yet.ts'
import {placeOf} from './place-of.ts'

/** Reads a task; nothing when it has no module, which is reported. */
export function readTask(map: YamlMap, fields: Fields, outer: Inherited, loading: Loading): Task | undefined {
  const {moduleDefaults, ...inherited} = inherit(outer, fields, loading, 'entry')
  const call = findModule(map, fields, loading)
  const keywords = {...keywordsOf(fields, loading), ...readAsync(fields, call?.module, loading)}
  if (!call) return undefined
  checkSystem(call, inherited, loading)
  const module = seenFrom(call.module, inherited.delegateTo)
  const own = readArguments(module, call.entry, fields.get('args'), loading)
  const {args, places} = withDefaults(module, own, moduleDefaults)
  checkArguments(module, args, (path, of) => placeOf(path, places, call.entry.source, of), loading)
  return {
    kind: 'task',
    module,
    args,
    source: map.source,
    locate: (path, inText) => placeOf(path, new Map([...fields, ...places]), map.source, 'value', inText),
    ...keywords,
    ...inherited,
    ...(call.module.kind === 'controller' && call.module.once && {runOnce: true}),
  }
}

function keywordsOf(fields: Fields, loading: Loading) {
  const conditions = (name: string) => conditionsOf(fields.get(name), loading)
  const until = conditions('until')
  return {
    name: textOf(fields.get('name'), loading),
    ...readLoop(fields, loading),
    register: registerOf(fields.get('register'), loading),
    notify: wordsOf(fields.get('notify'), loading) ?? [],
    listen: wordsOf(fields.get('listen'), loading) ?? [],
    changedWhen: conditions('changed_when'),
    failedWhen: conditions('failed_when'),
    until,
    retries: numberOf(fields.get('retries'), loading) ?? (until ? 3 : 0),
    delay: numberOf(fields.get('delay'), loading) ?? 5,
  }
}

function registerOf(entry: YamlEntry | undefined, loading: Loading): string | undefined {
  const name = textOf(entry, loading)
  if (name === undefined || !entry || checkName(name, entry.value.source, loading)) return name
  return undefined
}

type ModuleCall = {readonly module: Task['module']; readonly entry: YamlEntry}

function findModule(map: YamlMap, fields: Fields, loading: Loading): ModuleCall | undefined {
  const calls = [...fields].flatMap(([key, entry]) => {
    const module = loading.modules.get(key)
    return module && !isTaskKeyword(key) ? [{module, entry}] : []
  })
  const [call, second] = calls
  const unknown = [...fields].filter(([key]) => !isTaskKeyword(key) && !loading.modules.has(key))
  reportUnknown(unknown, call, loading)
  if (second)
    report(loading, second.entry.source, `a task has one module: "${call?.entry.key}" stands here already`, {
      expected: `a second task: "- ${second.entry.key}: …"`,
    })
  const said =
    unknown.length > 0 ||
    fields.has('action') ||
    fields.has('local_action') ||
    [...fields.keys()].some(key => notYet[key] !== undefined)
  if (!call && !said)
    report(loading, map.source, 'this task has no module', {expected: 'a module such as copy, apt or service'})
  return call
}

/** Some modules look from outside when their task is delegated to the controller. */
function seenFrom(module: Module, to: string | undefined): Module {
  const isDelegated = to !== undefined && ['localhost', '127.0.0.1', '::1'].includes(to)
  return isDelegated && module.kind === 'host' ? (module.outside ?? module) : module
}

/** Without a condition, a module for other systems is reached for sure. */
function checkSystem({module, entry}: ModuleCall, {when}: Pick<Inherited, 'when'>, loading: Loading): void {
  if (module.topic !== 'far' || when.length > 0) return
  report(loading, entry.source, `"${entry.key}" is not for Debian and its kin`, {
    expected: 'package, or a when that skips the task on Debian',
  })
}

function reportUnknown(
  unknown: readonly (readonly [string, YamlEntry])[],
  call: ModuleCall | undefined,
  loading: Loading,
): void {
  for (const [key, entry] of unknown) {
    const module = key.split('.').at(-1) ?? key
    if (notYet[key]) checkKeywords(new Map([[key, entry]]), [], 'a task', loading)
    else if (modulesNotYet[module])
      report(loading, entry.source, `the module "${entry.key}" is not supported yet: ${modulesNotYet[module]}`)
    else if (call || mostlyKeyword(key)) checkKeywords(new Map([[key, entry]]), taskKeywords, 'a task', loading)
    else unknownModule(key, entry, loading)
  }
}

function unknownModule(key: string, entry: YamlEntry, loading: Loading): void {
  const collection = /^(\w+\.\w+)\.(\w+)$/.exec(key)
  const near = didYouMean(collection?.[1] ?? '', collections)
  report(loading, entry.source, `there is no module "${entry.key}"`, {
    expected: collection ? `a module of ${collections.filter(name => !name.endsWith('legacy')).join(', ')}` : undefined,
    suggestion:
      near && collection
        ? near.replace(/"\?$/, `.${collection[2]}"?`)
        : didYouMean(collection?.[2] ?? key, loading.modules.keys()),
  })
}

/** Without a module in the task, a word that nearly is a keyword is taken for one. */
function mostlyKeyword(key: string): boolean {
  return didYouMean(key, taskKeywords) !== undefined && !/^(?:.{1,4})$/.test(key)
}
