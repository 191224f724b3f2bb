import {dirname} from 'node:path'
import type {ExitCode} from '../../engine/events.ts'
import {runPlays} from '../../engine/run.ts'
import {ConfigError, UsageError} from '../../errors.ts'
import {loadInventory} from '../../inventory/inventory.ts'
import {selectHosts} from '../../inventory/select-hosts.ts'
import type {Host, Inventory, Play, Values} from '../../module.ts'
import {moduleMap} from '../../modules/index.ts'
import {loadPlaybook} from '../../playbook/playbook.ts'
import {selectTags} from '../../playbook/select-tags.ts'
import {makeReport} from '../../report/report.ts'
import {Mask} from '../../secrets/mask.ts'
import {localTransport} from '../../transport/local.ts'
import {sshTransport} from '../../transport/ssh.ts'
import {both, each} from './all-problems.ts'
import {checkVariables} from './check-variables.ts'
import {extraVars} from './extra-vars.ts'
import {findInventory, findPlaybook} from './find-files.ts'
import type {RunFlags} from './flags.ts'
import {interruption} from './interruption.ts'
import {listHosts, listTasks} from './lists.ts'
import {askBecomePassword} from './passwords.ts'
import {startSandbox} from './sandbox-hosts.ts'
import {type Access, targetOf} from './targets.ts'
import {makeVariables} from './variables.ts'
import {withBecome, withFacts} from './whole-plays.ts'

/** Everything a run needs, read and checked before the first connection. */
type Plan = {
  readonly playbook: string
  readonly plays: readonly Play[]
  readonly inventory: Inventory
  readonly hostsOf: (play: Play) => readonly Host[]
  readonly extra: Values
}

/** Runs a playbook on an inventory's hosts. Throws UsageError and ConfigError before anything is connected. */
export async function run(name: string, flags: RunFlags): Promise<ExitCode> {
  const plan = await read(name, flags)
  if (flags.syntaxCheck) return say(`${plan.playbook}: in order`)
  if (flags.listHosts) return say(listHosts(plan.plays, plan.hostsOf))
  if (flags.listTasks) return say(listTasks(plan.plays))
  return go(plan, flags)
}

async function read(name: string, flags: RunFlags): Promise<Plan> {
  const file = findPlaybook(name)
  const extra = extraVars(flags.extraVars)
  const reading = loadInventory(findInventory(flags.inventory), [dirname(file)])
  const [loaded, inventory] = await both(loadPlaybook(file, moduleMap), reading)
  const limited = flags.limit === undefined ? undefined : new Set(limit(inventory, flags.limit))
  const hostsOf = (play: Play) =>
    selectHosts(inventory, play.hosts, play.hostsSource).filter(host => limited?.has(host.name) ?? true)
  each(loaded, hostsOf)
  const problems = await checkVariables({playbook: file, plays: loaded, inventory, hostsOf, extra})
  if (problems.length > 0) throw new ConfigError(problems)
  const selected = selectTags(loaded, {tags: flags.tags ?? [], skipTags: flags.skipTags ?? []})
  const plays = selected.map(play => withFacts(flags.become ? withBecome(play) : play))
  return {playbook: file, plays, inventory, hostsOf, extra}
}

function limit(inventory: Inventory, pattern: string): readonly string[] {
  const hosts = selectHosts(inventory, pattern)
  if (hosts.length === 0) throw new UsageError(`--limit ${pattern} leaves no host`)
  return hosts.map(host => host.name)
}

async function go(plan: Plan, flags: RunFlags): Promise<ExitCode> {
  const hosts = [...new Set(plan.plays.flatMap(plan.hostsOf))]
  if (hosts.length === 0)
    throw new UsageError(
      'no host of the inventory is in the playbook',
      `Hosts wanted: ${plan.plays.map(play => play.hosts).join(', ')}`,
    )
  const mask = new Mask()
  const becomePassword = flags.askBecomePass ? await askBecomePassword() : undefined
  if (becomePassword) mask.add(becomePassword)
  const access: Access = {flags, becomePassword, sandbox: await startSandbox(hosts, flags.images)}
  const variablesOf = makeVariables({...plan, access, check: flags.check ?? false, secret: value => mask.add(value)})
  const targets = new Map(each(hosts, host => [host.name, targetOf(host, variablesOf(host), access)]))
  for (const {password, becomePassword: become} of targets.values())
    for (const secret of [password, become]) if (secret) mask.add(secret)
  const report = makeReport({
    output: flags.output ?? (process.stdout.isTTY ? 'pretty' : 'plain'),
    stdout: process.stdout,
    stderr: process.stderr,
    diff: flags.diff ?? false,
    verbosity: flags.verbose,
    color: flags.color ?? false,
    mask: text => mask.apply(text),
  })
  const {signal, stop} = interruption(() => report.close(130))
  let exit: ExitCode = 70
  try {
    exit = await runPlays({
      playbook: plan.playbook,
      plays: plan.plays,
      hostsOf: plan.hostsOf,
      variablesOf,
      targetOf: host => targets.get(host.name) ?? targetOf(host, variablesOf(host), access),
      transportOf: target => (target.connection === 'local' ? localTransport : sshTransport),
      check: flags.check ?? false,
      forks: flags.forks,
      emit: report.listen,
      signal,
    })
    return exit
  } finally {
    stop()
    await report.close(exit)
  }
}

function say(text: string): ExitCode {
  process.stdout.write(`${text}\n`)
  return 0
}
