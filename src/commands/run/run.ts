import type {ExitCode} from '../../engine/events.ts'
import {runPlays} from '../../engine/run.ts'
import {pause} from '../../modules/pause.ts'
import type {Play} from '../../play.ts'
import {tasksOf} from '../../playbook/walk.ts'
import {makeReport, type Report} from '../../report/report.ts'
import {Mask} from '../../secrets/mask.ts'
import type {RunFlags} from './flags.ts'
import {interruption} from './interruption.ts'
import {listHosts, listTasks} from './lists.ts'
import {askPeople} from './passwords.ts'
import {type PreparedRun, prepareRun} from './prepared-run.ts'
import {withAnswers} from './prompts.ts'
import {type Reachable, reach} from './reach.ts'

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

async function go(prepared: PreparedRun, reachable: Reachable, flags: RunFlags, report: Report): Promise<ExitCode> {
  // Loaded only when it is needed: what is wrong in a file is told without it, and sooner.
  const [{sshTransport}, {localTransport}] = await Promise.all([
    import('../../transport/ssh.ts'),
    import('../../transport/local.ts'),
  ])
  const {signal, stop} = interruption(() => report.close(130))
  let exit: ExitCode = 70
  try {
    exit = await runPlays({
      ...prepared,
      ...reachable,
      transportOf: target => (target.connection === 'local' ? localTransport : sshTransport),
      ...(process.stdin.isTTY && process.stdout.isTTY && {ask: askPeople}),
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

/** A list of hosts that is redrawn leaves no room for questions. */
function reportFor(flags: RunFlags, mask: Mask, hasQuestions: boolean): Promise<Report> {
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

/** Whether a play waits for somebody at the terminal. */
function asks({entries}: Play): boolean {
  return tasksOf(entries).some(
    ({module, args}) => module === pause && args.seconds === undefined && args.minutes === undefined,
  )
}

function say(text: string): ExitCode {
  process.stdout.write(`${text}\n`)
  return 0
}
