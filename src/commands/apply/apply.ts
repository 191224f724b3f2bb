import type {ExitCode} from '../../engine/events.ts'
import {UsageError} from '../../errors.ts'
import {planGuard} from '../../plan/guard.ts'
import {readPlan} from '../../plan/plan-file.ts'
import type {Digest} from '../../plan/plan-key.ts'
import type {SavedPlan} from '../../plan/saved-plan.ts'
import {Mask} from '../../secrets/mask.ts'
import {extraText, playsText, variableTexts} from '../plan/said.ts'
import type {RunFlags} from '../run/flags.ts'
import {go} from '../run/go.ts'
import {type PreparedRun, prepareRun} from '../run/prepared-run.ts'
import {withAnswers} from '../run/prompts.ts'
import {reach} from '../run/reach.ts'
import {asks, reportFor} from '../run/run.ts'

/** The command line of `apply`. */
export type ApplyFlags = Omit<RunFlags, 'inventory'>

/** Does a plan. Throws UsageError and ConfigError before anything is connected. */
export async function apply(file: string, given: ApplyFlags): Promise<ExitCode> {
  const {plan, digest} = readPlan(file)
  const flags = flagsOf(plan, given)
  const read = await prepareRun(plan.playbook.file, flags)
  const mask = new Mask()
  const prepared = {...read, plays: await withAnswers(read.plays, read.extra, mask)}
  mustBeSaid(plan, prepared, digest, file)
  const reachable = await reach(prepared, flags, mask)
  const guards = new Map<string, ReturnType<typeof planGuard>>()
  const guardOf = ({name}: {name: string}) => {
    const guard = guards.get(name) ?? planGuard(plan.hosts[name]?.tasks ?? [], digest, text => mask.apply(text))
    guards.set(name, guard)
    return guard
  }
  const report = await reportFor({...flags, diff: true}, mask, prepared.plays.some(asks))
  if (flags.check) report.listen({type: 'notice', message: `${file} has nothing to do: the hosts are compared with it`})
  return go(prepared, reachable, flags, report, {guardOf})
}

/** A plan that has nothing to do is compared with the hosts, and no more. */
function flagsOf({flags, hosts}: SavedPlan, given: ApplyFlags): RunFlags {
  const {extraVars = [], ...kept} = flags
  const idle = Object.values(hosts).every(({tasks}) => tasks.every(({mark}) => mark !== 'change' && mark !== 'unknown'))
  return {...given, ...defined(kept), extraVars: [...extraVars, ...(given.extraVars ?? [])], check: idle}
}

/** The fields that have a value. */
function defined({limit, tags, skipTags, become, user, privateKey, inventory}: Omit<SavedPlan['flags'], 'extraVars'>) {
  return {
    inventory,
    ...(limit !== undefined && {limit}),
    ...(tags && {tags}),
    ...(skipTags && {skipTags}),
    ...(become !== undefined && {become}),
    ...(user !== undefined && {user}),
    ...(privateKey !== undefined && {privateKey}),
  }
}

/** The plan is of what the files say now: what is done is made from them again. */
function mustBeSaid(plan: SavedPlan, prepared: PreparedRun, digest: Digest, file: string): void {
  const hint = 'make a new plan: provision plan --out FILE'
  if (digest(extraText(prepared)) !== plan.extra)
    throw new UsageError(`-e says something else than when ${file} was made`, 'give apply the same -e as plan')
  if (digest(playsText(prepared)) !== plan.playbook.digest)
    throw new UsageError(`${plan.playbook.file}, or a file that it takes in, has changed since ${file} was made`, hint)
  const hosts = variableTexts(prepared)
  const moved = Object.entries(plan.hosts).flatMap(([name, {variables}]) =>
    digest(hosts.get(name) ?? '') === variables ? [] : [name],
  )
  const others = [...hosts.keys()].filter(name => plan.hosts[name] === undefined)
  if (moved.length > 0)
    throw new UsageError(`the inventory says something else of ${moved.join(', ')} than when ${file} was made`, hint)
  if (others.length > 0) throw new UsageError(`${others.join(', ')} is not in ${file}, but in the inventory`, hint)
}
