import {dirname} from 'node:path'
import {lateVariables} from '../../engine/vars-files.ts'
import type {Problem} from '../../errors.ts'
import type {Values} from '../../module.ts'
import type {Host, Inventory, Play} from '../../play.ts'
import {type UndefinedVariable, undefinedVariables} from '../../playbook/undefined-variables.ts'
import {tasksOf} from '../../playbook/walk.ts'
import {Variables} from '../../template/variables.ts'
import {hasTemplate} from '../../value.ts'
import {definedNames} from './defined-names.ts'
import {sourceFiles} from './source-files.ts'

/** What is checked: a playbook's plays, the hosts of each, and what the command line defines. */
export type Checked = {
  readonly playbook: string
  readonly plays: readonly Play[]
  readonly inventory: Inventory
  readonly hostsOf: (play: Play) => readonly Host[]
  readonly extra: Values
  /** Names that hosts will have by the time that the plays begin. */
  readonly promised: readonly string[]
}

type Missing = {readonly variable: UndefinedVariable; readonly hosts: Host[]}

/** Finds variables that a host lacks, in plays and template files, and files that are missing or wrong. Nothing is connected. */
export async function checkVariables(checked: Checked): Promise<readonly Problem[]> {
  const hosts = [...new Set(checked.plays.flatMap(checked.hostsOf))]
  const lacking = new Map<string, Missing>()
  const problems = new Map<string, Problem>()
  for (const alike of groupAlike(hosts, checked)) {
    const {variables, files} = await checkHost(alike[0], checked)
    for (const problem of files) problems.set(JSON.stringify(problem), problem)
    for (const variable of variables) {
      const others = lacking.get(variable.name)?.hosts ?? []
      lacking.set(variable.name, {variable, hosts: [...others, ...alike]})
    }
  }
  return [...problems.values(), ...[...lacking.values()].map(missing => told(missing, hosts))]
}

/** Finds files that are missing or wrong, as far as they are known without any host's variables. */
export async function checkFiles({
  plays,
  ...checked
}: Omit<Checked, 'inventory' | 'hostsOf' | 'promised'>): Promise<readonly Problem[]> {
  const looks = await Promise.all(plays.map(play => lookAtPlay(play, {}, checked)))
  const problems = looks.flatMap(look => look.problems)
  return [...new Map(problems.map(problem => [JSON.stringify(problem), problem])).values()]
}

type Alike = readonly [Host, ...Host[]]

/** Hosts that cannot differ in what is missing are judged once: same plays, same names, same templates in their values. */
function groupAlike(hosts: readonly Host[], {plays, hostsOf}: Checked): readonly Alike[] {
  const groups = new Map<string, [Host, ...Host[]]>()
  for (const host of hosts) {
    const own = plays.map(play => hostsOf(play).includes(host))
    const vars = Object.entries(host.vars).map(([name, value]) => [name, hasTemplate(value) ? value : ''])
    const key = JSON.stringify([own, vars])
    const group = groups.get(key)
    if (group) group.push(host)
    else groups.set(key, [host])
  }
  return [...groups.values()]
}

async function checkHost(host: Host, {playbook, plays, inventory, hostsOf, extra, promised}: Checked) {
  const own = plays.filter(play => hostsOf(play).includes(host))
  const looks = await Promise.all(own.map(play => lookAtPlay(play, host.vars, {playbook, extra})))
  const templates = new Map(looks.flatMap(look => [...look.templates]))
  const defined = new Map(looks.flatMap(look => [...look.defined]))
  const variables = undefinedVariables(
    looks.map(({play}) => play),
    {...inventory, hosts: [host]},
    [...Object.keys(extra), ...promised],
    task => templates.get(task) ?? [],
    task => defined.get(task),
  )
  return {variables, files: looks.flatMap(({problems}) => problems)}
}

/** A play with what its vars_files bring, its tasks' templates, the variables that these define, and what is wrong with all these files. */
async function lookAtPlay(play: Play, vars: Values, {playbook, extra}: Pick<Checked, 'playbook' | 'extra'>) {
  const early = new Variables([
    vars,
    ['defaults', play.roleDefaults ?? {}],
    ['play', play.vars],
    ['role', play.roleVars ?? {}],
    ['extra', extra],
    ['magic', {playbook_dir: dirname(playbook)}],
  ])
  const late = lateVariables(play, early)
  const variables = early.with(late.values, 'play')
  const tasks = tasksOf([...play.entries, ...play.handlers])
  const {templates, problems} = await sourceFiles(tasks, variables)
  const defined = tasks.map(task => [task, definedNames(task, variables)] as const)
  const wrong = late.wrong ? [{source: late.wrong.source, message: late.wrong.error.message}] : []
  return {
    play: {...play, vars: {...play.vars, ...late.values}},
    templates,
    defined: defined.map(([task, {names}]) => [task, late.open.length > 0 ? undefined : names] as const),
    problems: [...wrong, ...problems, ...defined.flatMap(([, one]) => one.problems)],
  }
}

function told({variable, hosts}: Missing, all: readonly Host[]): Problem {
  const {name, ...problem} = variable
  return hosts.length < all.length ? {...problem, message: `${problem.message} (${named(hosts)})`} : problem
}

function named(hosts: readonly Host[]): string {
  const names = hosts.slice(0, 3).map(host => host.name)
  return `${names.join(', ')}${hosts.length > 3 ? ` and ${hosts.length - 3} more` : ''}`
}
