import {dirname} from 'node:path'
import type {Problem} from '../../errors.ts'
import type {Value, Values} from '../../module.ts'
import type {Host, Inventory, Play, Task} from '../../play.ts'
import {type TemplateFile, type UndefinedVariable, undefinedVariables} from '../../playbook/undefined-variables.ts'
import {tasksOf} from '../../playbook/walk.ts'
import {Variables} from '../../template/variables.ts'
import {type Inputs, inputProblem, readInputs} from './inputs.ts'
import {sourceFiles} from './source-files.ts'

/** What is checked: a playbook's plays, the hosts of each, and what the command line defines. */
export type Checked = {
  readonly playbook: string
  readonly plays: readonly Play[]
  readonly inventory: Inventory
  readonly hostsOf: (play: Play) => readonly Host[]
  readonly extra: Values
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
  const inputs = lacking.size > 0 ? await readInputs(checked.playbook) : {}
  const undefinedOnes = [...lacking.values()].map(missing => told(missing, hosts, inputs))
  return [...problems.values(), ...(await Promise.all(undefinedOnes))]
}

/** Finds files that are missing or wrong, as far as they are known without any host's variables. */
export async function checkFiles({
  plays,
  ...checked
}: Omit<Checked, 'inventory' | 'hostsOf'>): Promise<readonly Problem[]> {
  const {problems} = await filesOf(plays, {}, checked)
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

function hasTemplate(value: Value): boolean {
  return /\{[{%]/.test(JSON.stringify(value))
}

async function checkHost(host: Host, {playbook, plays, inventory, hostsOf, extra}: Checked) {
  const own = plays.filter(play => hostsOf(play).includes(host))
  const {templates, problems} = await filesOf(own, host.vars, {playbook, extra})
  const textsOf = (task: Task) => templates.get(task) ?? []
  const variables = undefinedVariables(own, {...inventory, hosts: [host]}, Object.keys(extra), textsOf)
  return {variables, files: problems}
}

async function filesOf(plays: readonly Play[], vars: Values, {playbook, extra}: Pick<Checked, 'playbook' | 'extra'>) {
  const templates = new Map<Task, readonly TemplateFile[]>()
  const problems: Problem[] = []
  for (const play of plays) {
    const variables = new Variables([
      vars,
      ['defaults', play.roleDefaults ?? {}],
      ['play', play.vars],
      ['role', play.roleVars ?? {}],
      ['extra', extra],
      ['magic', {playbook_dir: dirname(playbook)}],
    ])
    const found = await sourceFiles(tasksOf([...play.entries, ...play.handlers]), variables)
    for (const [task, texts] of found.templates) templates.set(task, texts)
    problems.push(...found.problems)
  }
  return {templates, problems}
}

async function told({variable, hosts}: Missing, all: readonly Host[], inputs: Inputs): Promise<Problem> {
  const {name, ...problem} = variable
  const example = inputs[name]
  if (example !== undefined) return inputProblem(name, example, hosts, inputs)
  return hosts.length < all.length ? {...problem, message: `${problem.message} (${named(hosts)})`} : problem
}

function named(hosts: readonly Host[]): string {
  const names = hosts.slice(0, 3).map(host => host.name)
  return `${names.join(', ')}${hosts.length > 3 ? ` and ${hosts.length - 3} more` : ''}`
}
