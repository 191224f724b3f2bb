import type {ExitCode} from '../../engine/events.ts'
import {pause} from '../../modules/pause.ts'
import type {Play} from '../../play.ts'
import {tasksOf} from '../../playbook/walk.ts'
import {makeReport, type Report} from '../../report/report.ts'
import {Mask} from '../../secrets/mask.ts'
import type {RunFlags} from './flags.ts'
import {go} from './go.ts'
import {listHosts, listTasks} from './lists.ts'
import {prepareRun} from './prepared-run.ts'
import {withAnswers} from './prompts.ts'
import {reach} from './reach.ts'

/** Runs a playbook on an inventory's hosts. Throws UsageError and ConfigError before anything is connected. */
export async function run(name: string, flags: RunFlags): Promise<ExitCode> {
  const read = await prepareRun(name, flags)
  if (flags.listHosts) return say(listHosts(read.plays, read.hostsOf))
  if (flags.listTasks) return say(listTasks(read.plays))
  const mask = new Mask()
  const prepared = {...read, plays: await withAnswers(read.plays, read.extra, mask)}
  const reachable = await reach(prepared, flags, mask)
  return go(prepared, reachable, flags, await reportFor(flags, mask, prepared.plays.some(asks)))
}

/** The report that the flags name. A list of hosts that is redrawn leaves no room for questions. */
export function reportFor(flags: RunFlags, mask: Mask, hasQuestions: boolean): Promise<Report> {
  return makeReport({
    output: flags.output ?? (process.stdout.isTTY && process.env.TERM !== 'dumb' && !hasQuestions ? 'pretty' : 'plain'),
    stdout: process.stdout,
    stderr: process.stderr,
    diff: flags.diff ?? false,
    verbosity: flags.verbose,
    color: flags.color ?? false,
    mask: text => mask.apply(text),
  })
}

/** Whether a play asks people something while it goes. */
export function asks({entries}: Play): boolean {
  return tasksOf(entries).some(
    ({module, args}) => module === pause && args.seconds === undefined && args.minutes === undefined,
  )
}

function say(text: string): ExitCode {
  process.stdout.write(`${text}\n`)
  return 0
}
