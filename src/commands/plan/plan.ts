import {resolve} from 'node:path'
import type {ExitCode} from '../../engine/events.ts'
import {Foresight} from '../../engine/foresight.ts'
import {sealed, writePlan} from '../../plan/plan-file.ts'
import {keyFile, makeDigest} from '../../plan/plan-key.ts'
import {plannedTask} from '../../plan/planned-task.ts'
import {planVersion, type SavedPlan} from '../../plan/saved-plan.ts'
import {planLines} from '../../report/plan.ts'
import {makeReport} from '../../report/report.ts'
import {makeStyle} from '../../report/style.ts'
import {Mask} from '../../secrets/mask.ts'
import type {RunFlags} from '../run/flags.ts'
import {go} from '../run/go.ts'
import {type PreparedRun, prepareRun} from '../run/prepared-run.ts'
import {withAnswers} from '../run/prompts.ts'
import {reach} from '../run/reach.ts'
import {version} from '../version.ts'
import {keptFlags} from './kept-flags.ts'
import {extraText, playsText, variableTexts} from './said.ts'
import {trouble} from './trouble.ts'

/** The command line of `plan`. */
export type PlanFlags = RunFlags & {readonly out?: string}

/** Looks at the hosts, prints what a run would do, and keeps it. Throws UsageError and ConfigError before anything is connected. */
export async function plan(name: string, given: PlanFlags): Promise<ExitCode> {
  const flags: PlanFlags = {...given, check: true, keepsSecrets: given.out !== undefined}
  const read = await prepareRun(name, flags)
  const mask = new Mask()
  const prepared = {...read, plays: await withAnswers(read.plays, read.extra, mask)}
  const reachable = await reach(prepared, flags, mask)
  const variables = variableTexts(prepared, reachable.secretsOf)
  const seen = new Map<string, Foresight>()
  const foresightOf = ({name: host}: {name: string}) => {
    const known = seen.get(host) ?? new Foresight()
    seen.set(host, known)
    return known
  }
  const told = trouble(await makeReport(stderrReport(flags, mask)))
  const exit = await go(prepared, reachable, flags, told.report, {foresightOf})
  const made = savedPlan(prepared, flags, {seen, variables, trips: told.trips()}, mask)
  const failures = new Map([...seen].map(([host, {foreseen}]) => [host, foreseen.filter(one => one.failure)]))
  const end = exit === 0 && isWanted(made) ? 2 : exit === 2 ? 2 : exit
  const kept = flags.out !== undefined && (end === 0 || end === 2)
  if (kept && flags.out !== undefined) await writePlan(flags.out, made)
  const style = makeStyle(flags.color ?? false)
  const lines =
    flags.output === 'json'
      ? [JSON.stringify(made)]
      : planLines(made, {style, verbosity: flags.verbose, failures, exit: end, out: flags.out})
  process.stdout.write(`${mask.apply(lines.join('\n'))}\n`)
  return end
}

function isWanted({hosts}: SavedPlan): boolean {
  return Object.values(hosts).some(host => host.tasks.some(({mark}) => mark === 'change' || mark === 'unknown'))
}

type Seen = {
  readonly seen: ReadonlyMap<string, Foresight>
  readonly variables: ReadonlyMap<string, string>
  readonly trips: ReadonlyMap<string, number>
}

function savedPlan(prepared: PreparedRun, flags: PlanFlags, {seen, variables, trips}: Seen, mask: Mask): SavedPlan {
  const digest = makeDigest(keyFile(), {create: true})
  const hosts = [...seen].map(([host, {foreseen}]) => {
    const tasks = foreseen.map(one => plannedTask(one, digest, text => mask.apply(text)))
    return [host, {variables: digest(variables.get(host) ?? ''), trips: trips.get(host) ?? 0, tasks}] as const
  })
  return sealed(
    {
      version: planVersion,
      tool: version(),
      made: new Date().toISOString(),
      playbook: {file: resolve(prepared.playbook), digest: digest(playsText(prepared))},
      extra: digest(extraText(prepared)),
      flags: keptFlags(flags),
      hosts: Object.fromEntries(hosts),
    },
    digest,
  )
}

function stderrReport({verbose, color = false}: PlanFlags, mask: Mask) {
  const {stderr} = process
  const hide = (text: string) => mask.apply(text)
  return {output: 'plain', stdout: stderr, stderr, diff: false, verbosity: verbose, color, mask: hide} as const
}
